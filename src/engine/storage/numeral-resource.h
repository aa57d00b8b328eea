/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * numeral_resource_read:
 * @get_resource: the function that glib-compile-resources made: a reference to it keeps the linker
 *   from dropping the resource and its constructor from the static library
 * @path: of the resource
 *
 * Thread-safe, unlike g_resource_lookup_data() with what @get_resource returns: while another
 * thread registers the resources of the program, that is %NULL (GLib 2.74).
 *
 * Returns: (transfer full) (nullable): G_RESOURCE_ERROR
 */
GBytes *numeral_resource_read (GResource *(*get_resource) (void), const char *path, GError **error);

G_END_DECLS
