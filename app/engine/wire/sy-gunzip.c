/* sy-gunzip.c: gzip from strangers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define G_LOG_DOMAIN "sy-wire"

#include "config.h"

#include "sy-gunzip.h"

#include <zlib.h>

#include "sy-error.h"

#define GZIP_ONLY (16 + MAX_WBITS)
#define FIRST_BUFFER (64 * 1024)
#define RATIO_FREE_BYTES (1024 * 1024)
#define MAX_RATIO 200

/* How much may come out of @n_input bytes. */
static gsize
get_allowance (gsize n_input,
               gsize max_bytes)
{
  gsize by_ratio = n_input > G_MAXSIZE / MAX_RATIO ? G_MAXSIZE : n_input * MAX_RATIO;

  return MIN (max_bytes, MAX (by_ratio, RATIO_FREE_BYTES));
}

static gboolean
inflate_all (z_stream    *stream,
             GByteArray  *output,
             gsize        allowance,
             GError     **error)
{
  gsize n_done = 0;

  for (;;)
    {
      int status;

      /* One byte more than allowed tells "exactly full" from "too much". */
      if (n_done == output->len)
        g_byte_array_set_size (output, (guint) MIN (MAX (n_done * 2, FIRST_BUFFER), allowance + 1));

      stream->next_out = output->data + n_done;
      stream->avail_out = (uInt) (output->len - n_done);
      status = inflate (stream, Z_NO_FLUSH);
      n_done = output->len - stream->avail_out;

      if (n_done > allowance)
        {
          g_set_error (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE,
                       "more than %" G_GSIZE_FORMAT " bytes come out of the gzip body", allowance);
          return FALSE;
        }

      if (status == Z_STREAM_END && stream->avail_in == 0)
        break;

      /* Another member may follow; anything else fails as a bad header. */
      if (status == Z_STREAM_END)
        status = inflateReset (stream);

      if (status == Z_BUF_ERROR && stream->avail_in == 0)
        {
          g_set_error_literal (error, SY_ERROR, SY_ERROR_DECODE, "the gzip body is cut off");
          return FALSE;
        }

      if (status != Z_OK && status != Z_BUF_ERROR)
        {
          g_set_error (error, SY_ERROR, SY_ERROR_DECODE, "the gzip body is damaged: %s",
                       stream->msg != NULL ? stream->msg : "unknown reason");
          return FALSE;
        }
    }

  g_byte_array_set_size (output, (guint) n_done);
  return TRUE;
}

GBytes *
sy_gunzip (GBytes  *body,
           gsize    max_bytes,
           GError **error)
{
  g_autoptr (GByteArray) output = g_byte_array_new ();
  gsize    n_input;
  gpointer input = (gpointer) g_bytes_get_data (body, &n_input);
  z_stream stream = { .next_in = input, .avail_in = (uInt) n_input };
  gboolean ok;

  if (n_input > G_MAXUINT / 2 || max_bytes > G_MAXUINT / 2)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_BODY_TOO_LARGE, "the gzip body is larger than 2 GiB");
      return NULL;
    }

  if (inflateInit2 (&stream, GZIP_ONLY) != Z_OK)
    {
      g_set_error_literal (error, SY_ERROR, SY_ERROR_FAILED, "zlib cannot start");
      return NULL;
    }

  ok = inflate_all (&stream, output, get_allowance (n_input, max_bytes), error);
  inflateEnd (&stream);

  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&output)) : NULL;
}
