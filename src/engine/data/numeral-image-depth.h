/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the pixels of a file in PNG, PNM or TIFF have 16 bits a channel. Decoders keep the upper
 * 8, so that a picture whose values use only the lower ones is black. @data is not trusted. */
gboolean numeral_image_is_deep (const guint8 *data, gsize size);

G_END_DECLS
