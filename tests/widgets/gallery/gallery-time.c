/* gallery-time.c: charts over time
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "gallery.h"

const GalleryPage gallery_time_pages[] = {
  { NULL },
};
