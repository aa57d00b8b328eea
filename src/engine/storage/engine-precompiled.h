/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What many files of engine include, parsed once where scripts/test builds (-Db_pch=true). Files
 * include what they use all the same: ordinary builds do not read this.
 */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>
