/* sy-fault-sse.c: streams of events, good and bad, by path
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "sy-fault-server.h"

#include <string.h>

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n\r\n"
#define METRICS(line) "data: # TYPE http_requests_total counter" line "data: http_requests_total{code=\"200\"} 12" line
#define EVENT "event: sample\nid: boot-1\n" METRICS ("\n") "\n"
#define BLOCK_BYTES 65536

/* @text over and over, until the peer has gone. */
static void
repeat (SyFaultConnection *c,
        const char        *text,
        int                pause_ms)
{
  while (sy_fault_puts (c, text) && sy_fault_wait (c, pause_ms))
    continue;
}

static void
flood_of (SyFaultConnection *c,
          const char        *text)
{
  g_autoptr (GString) block = g_string_new (NULL);

  while (block->len < BLOCK_BYTES)
    g_string_append (block, text);
  while (sy_fault_write (c, block->str, block->len))
    continue;
}

static void
ok (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD "retry: 500\n\n"))
    repeat (c, EVENT, 50);
}

/* A byte a packet, with every kind of line end. */
static void
split (SyFaultConnection *c, guint n)
{
  static const char text[] =
    "\xef\xbb\xbf: hello\r\r\nretry: 500\r\nid: 1\r" METRICS ("\r") "\r" METRICS ("\r\n") "\r\n" METRICS ("\n") "\n";

  if (!sy_fault_puts (c, HEAD))
    return;
  for (gsize i = 0; i < strlen (text); i++)
    if (!sy_fault_write (c, text + i, 1) || !sy_fault_wait (c, i % 16 == 0 ? 1 : 0))
      return;
  sy_fault_wait (c, -1);
}

static void
comments (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD EVENT))
    repeat (c, ": ka\n\n", 50);
}

static void
silent (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD EVENT))
    sy_fault_wait (c, -1);
}

/* Half an event, and the end. */
static void
cut (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, HEAD "retry: 500\n\n" METRICS ("\n"));
}

static void
closing (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD "retry: 500\n\n" EVENT))
    sy_fault_wait (c, 400);
}

static void
bye (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD "retry: 500\n\n" EVENT))
    sy_fault_wait (c, 400);
  sy_fault_puts (c, "event: bye\ndata: {\"reason\":\"shutdown\"}\n\n");
}

/* Waits that nobody can mean, then one of a year. */
static void
odd_retry (SyFaultConnection *c, guint n)
{
  if (n == 0)
    sy_fault_puts (c, HEAD "retry: soon\nretry: -1\nretry: 1e3\nretry: 0\n\n" EVENT);
  else
    sy_fault_puts (c, HEAD "retry: 31536000000\n\n" EVENT);
}

/* An id that is none, one that is too long, one that wants to be two headers. */
static void
odd_id (SyFaultConnection *c, guint n)
{
  g_autofree char *longest = g_strnfill (5000, 'x');
  static const char nul[] = "id: a\0b\n\n";

  if (!sy_fault_puts (c, HEAD "retry: 500\nid: good\rX-Injected: 1\r\n" METRICS ("\n") "\n")
      || !sy_fault_write (c, nul, sizeof nul - 1) || !sy_fault_puts (c, "id: ") || !sy_fault_puts (c, longest))
    return;
  sy_fault_puts (c, "\n\n");
  sy_fault_wait (c, 400);
}

static void
status (SyFaultConnection *c,
        const char        *line)
{
  g_autofree char *text = g_strdup_printf ("HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n", line);

  sy_fault_puts (c, text);
}

static void no_content (SyFaultConnection *c, guint n) { sy_fault_puts (c, "HTTP/1.1 204 No Content\r\n\r\n"); }
static void moved (SyFaultConnection *c, guint n) { status (c, "302 Found\r\nLocation: http://127.0.0.2:1/sse/ok"); }
static void broken (SyFaultConnection *c, guint n) { status (c, "500 Internal Server Error"); }
static void unauthorized (SyFaultConnection *c, guint n) { status (c, "401 Unauthorized"); }

static void
html (SyFaultConnection *c, guint n)
{
  sy_fault_puts (c, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");
}

static void
packed (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b"))
    sy_fault_wait (c, -1);
}

static void
flood (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD))
    flood_of (c, EVENT);
}

static void
endless_event (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD))
    flood_of (c, "data: 0123456789012345678901234567890123456789012345678901234567\n");
}

static void
endless_line (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD "data: "))
    flood_of (c, "0123456789012345678901234567890123456789");
}

static void
foreign (SyFaultConnection *c, guint n)
{
  if (sy_fault_puts (c, HEAD))
    repeat (c, "data: {\"cpu\":0.5}\n\n", 50);
}

/* The past all at once, as after Last-Event-ID; then the present. */
static void
past (SyFaultConnection *c, guint n)
{
  g_autoptr (GString) text = g_string_new (HEAD);

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (text, "id: %u\ndata: # TYPE a_total counter\ndata: a_total %u\n\n", i, i);
  if (sy_fault_puts (c, text->str))
    sy_fault_wait (c, -1);
}

const SyFault sy_fault_sse[] = {
  { "/sse/ok", ok, TRUE },
  { "/sse/split", split, TRUE },
  { "/sse/comments", comments, TRUE },
  { "/sse/silent", silent, TRUE },
  { "/sse/cut", cut, TRUE },
  { "/sse/closing", closing, TRUE },
  { "/sse/bye", bye, TRUE },
  { "/sse/odd-retry", odd_retry, TRUE },
  { "/sse/odd-id", odd_id, TRUE },
  { "/sse/204", no_content, FALSE },
  { "/sse/302", moved, FALSE },
  { "/sse/500", broken, FALSE },
  { "/sse/401", unauthorized, FALSE },
  { "/sse/html", html, FALSE },
  { "/sse/packed", packed, TRUE },
  { "/sse/flood", flood, TRUE },
  { "/sse/endless-event", endless_event, TRUE },
  { "/sse/endless-line", endless_line, TRUE },
  { "/sse/foreign", foreign, TRUE },
  { "/sse/past", past, TRUE },
  { NULL },
};
