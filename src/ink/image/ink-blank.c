/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-blank.h"

#include "ink-image-private.h"

/* How much more contrast is tried. */
#define STRETCH 8.0f
/* Means over blocks show what is faint in the grain: side of the reduced picture. */
#define COARSE_SIDE 200

G_DEFINE_QUARK (ink - blank - error - quark, ink_blank_error)

const char *
ink_blank_get_name (InkBlank kind)
{
  static const char *const names[INK_N_BLANKS] = {
    [INK_BLANK_PLAIN] = "plain",           [INK_BLANK_FAINT] = "faint",
    [INK_BLANK_FRAME] = "frame",           [INK_BLANK_LOW_BITS] = "low-bits",
    [INK_BLANK_NO_STROKES] = "no-strokes",
  };

  g_return_val_if_fail (kind < INK_N_BLANKS, NULL);

  return names[kind];
}

/* Whether there are strokes, or only straight lines; %FALSE and INK_BLANK_PLAIN for neither. */
static gboolean
find (const InkPlane *gray, InkBlank *kind)
{
  double threshold;
  gboolean framed, found;
  InkPieces pieces = { 0 };
  g_autoptr (InkPlane) signal = ink_image_find_ink (gray, &threshold, &framed);
  g_autofree guint8 *values = NULL;
  InkMask mask;

  *kind = framed ? INK_BLANK_FRAME : INK_BLANK_PLAIN;
  if (signal == NULL)
    return FALSE;
  found = ink_image_clean (signal, threshold, &pieces, framed ? NULL : kind);
  ink_pieces_clear (&pieces);
  if (!found)
    return FALSE;
  /* A shadow is no faint ink. */
  values = g_malloc ((gsize) signal->width * signal->height);
  mask = (InkMask){ signal->width, signal->height, values };
  for (gsize i = 0; i < (gsize) signal->width * signal->height; i++)
    values[i] = (double) signal->values[i] >= threshold;
  return ink_image_is_strokes (&mask);
}

static gboolean
is_faint (const InkPlane *gray, guint side, InkBlank *kind)
{
  g_autoptr (InkPlane) stretched = ink_plane_reduce (gray, side);

  for (gsize i = 0; i < (gsize) stretched->width * stretched->height; i++)
    stretched->values[i] *= STRETCH;
  return find (stretched, kind);
}

InkBlank
ink_image_find_blank (const InkPlane *gray)
{
  InkBlank kind, faint;

  if (gray->width < 2)
    return INK_BLANK_PLAIN;
  find (gray, &kind);
  if (kind != INK_BLANK_PLAIN)
    return kind;
  if (is_faint (gray, MAX (gray->width, gray->height), &faint) ||
      is_faint (gray, COARSE_SIDE, &faint))
    return INK_BLANK_FAINT;
  return INK_BLANK_PLAIN;
}
