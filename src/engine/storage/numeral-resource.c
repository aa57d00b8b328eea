/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-resource.h"

GBytes *
numeral_resource_read (GResource *(*get_resource) (void), const char *path, GError **error)
{
  (void) get_resource ();
  /* Waits for a thread that registers. */
  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}
