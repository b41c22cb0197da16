/* sy-calc-datasets.c: published measurements that models are checked with
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers only, so that anybody can repeat a published fit by its name.
 */
#define G_LOG_DOMAIN "steelyard-weigh"

#include "config.h"

#include "sy-calc-datasets.h"

#include <string.h>

static const double cisco_load[] = {
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
};

static const double cisco_throughput[] = {
  955.16, 1878.91, 2688.01, 3548.68, 4315.54, 5130.43, 5931.37, 6531.08, 7219.8, 7867.61, 8278.71, 8646.7, 9047.84,
  9426.55, 9645.37, 9897.24, 10097.6, 10240.5, 10532.39, 10798.52, 11151.43, 11518.63, 11806, 12089.37, 12075.41,
  12177.29, 12211.41, 12158.93, 12155.27, 12118.04, 12140.4, 12074.39,
};

static const double raytracer_load[] = { 1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64 };
static const double raytracer_throughput[] = { 20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310 };
static const double specsdm91_load[] = { 1, 18, 36, 72, 108, 144, 216 };
static const double specsdm91_throughput[] = { 64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2 };

#define DATASET(name, source, x, y) { name, source, G_N_ELEMENTS (x), x, y }

static const SyDataset datasets[] = {
  DATASET ("cisco", "B. Schwartz, Practical Scalability Analysis with the Universal Scalability Law", cisco_load, cisco_throughput),
  DATASET ("raytracer", "N. J. Gunther, Guerrilla Capacity Planning; R package usl", raytracer_load, raytracer_throughput),
  DATASET ("specsdm91", "SPEC SDM91 benchmark; R package usl", specsdm91_load, specsdm91_throughput),
};

const SyDataset *
sy_dataset_find (const char *name)
{
  const char *last = strrchr (name, '.');

  for (guint i = 0; i < G_N_ELEMENTS (datasets); i++)
    if (strcmp (datasets[i].name, last != NULL ? last + 1 : name) == 0)
      return &datasets[i];

  return NULL;
}
