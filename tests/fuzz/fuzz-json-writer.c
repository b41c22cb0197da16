/* fuzz-json-writer.c: whatever is written is JSON, and numbers come back
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The input is a program: an operation a byte, followed by its operand. Calls
 * that would be a caller's mistake are left out.
 */
#include "config.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "sy-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MAX_DEPTH 60

typedef struct
{
  const uint8_t *data; /* borrowed */
  gsize          size;
  SyJsonWriter  *writer; /* borrowed */
  char           open[MAX_DEPTH];
  guint          depth;
  guint          keys;
} Program;

static guint
take_byte (Program *program)
{
  if (program->size == 0)
    return 0;

  program->size--;

  return *program->data++;
}

static char *
take_string (Program *program)
{
  gsize asked = take_byte (program);
  gsize length = MIN (asked, program->size);
  char *text = g_strndup ((const char *) program->data, length);

  program->data += length;
  program->size -= length;

  return text;
}

static void
write_double (Program *program)
{
  g_autoptr (SyJsonWriter) alone = sy_json_writer_new ();
  g_autofree char *text = NULL;
  guint64 bits = 0;
  double value, back;

  for (guint i = 0; i < 8; i++)
    bits = bits << 8 | take_byte (program);
  memcpy (&value, &bits, sizeof value);

  sy_json_writer_double (program->writer, value);
  sy_json_writer_double (alone, value);
  text = sy_json_writer_finish (alone);
  if (!isfinite (value))
    return;

  back = g_ascii_strtod (text, NULL);
  g_assert_cmpmem (&back, sizeof back, &value, sizeof value);
}

static void
write_string (Program *program)
{
  g_autofree char *text = take_string (program);

  sy_json_writer_string (program->writer, text);
}

/* Names are numbered, so that no two are equal: 1 and "1x" is not 11 and "x". */
static void
write_key (Program *program)
{
  g_autofree char *text = take_string (program);
  g_autofree char *key = g_strdup_printf ("%u %s", program->keys++, text);

  sy_json_writer_key (program->writer, key);
}

static void
end (Program *program)
{
  if (program->open[--program->depth] == '{')
    sy_json_writer_end_object (program->writer);
  else
    sy_json_writer_end_array (program->writer);
}

static void
run_value (Program *program,
           guint    operation)
{
  if (program->open[program->depth - 1] == '{')
    write_key (program);

  if (operation < 2 && program->depth < MAX_DEPTH)
    {
      program->open[program->depth++] = operation == 0 ? '{' : '[';
      if (operation == 0)
        sy_json_writer_begin_object (program->writer);
      else
        sy_json_writer_begin_array (program->writer);
    }
  else if (operation == 2)
    write_double (program);
  else if (operation == 3)
    write_string (program);
  else
    sy_json_writer_int (program->writer, (gint64) take_byte (program) - 128);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (SyJsonWriter) writer = sy_json_writer_new ();
  Program program = { .data = data, .size = size, .writer = writer, .open = "[", .depth = 1 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  sy_json_writer_begin_array (writer);
  while (program.size > 0)
    {
      guint operation = take_byte (&program) % 6;

      if (operation != 5)
        run_value (&program, operation);
      else if (program.depth > 1)
        end (&program);
    }
  while (program.depth > 0)
    end (&program);

  text = sy_json_writer_finish (writer);
  sy_json_check (text, strlen (text), NULL, &error);
  g_assert_no_error (error);

  return 0;
}
