/* gallery-plots.c: values over values
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "gallery.h"

const GalleryPage gallery_plot_pages[] = {
  { NULL },
};
