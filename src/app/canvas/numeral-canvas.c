/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-canvas-private.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE (NumeralTool,
                    numeral_tool,
                    G_DEFINE_ENUM_VALUE (NUMERAL_TOOL_PEN, "pen"),
                    G_DEFINE_ENUM_VALUE (NUMERAL_TOOL_ERASER, "eraser"))

G_DEFINE_FINAL_TYPE (NumeralCanvas, numeral_canvas, GTK_TYPE_WIDGET)

enum
{
  PROP_TOOL = 1,
  PROP_PEN_WIDTH,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  PROP_IS_EMPTY,
  PROP_HAS_INK,
  PROP_HAS_PICTURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
has_ink (NumeralCanvas *self)
{
  return !ink_drawing_is_empty (numeral_canvas_get_drawing (self));
}

gboolean
numeral_canvas_get_tensor (NumeralCanvas *self, float tensor[INK_TENSOR_SIZE])
{
  g_autoptr (InkDrawing) drawing = NULL;

  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), FALSE);

  if (self->stroke)
    {
      /* The stroke is shared only while the tensor is rendered; then it grows on. */
      drawing = ink_drawing_with_stroke (numeral_canvas_get_shown (self), self->stroke);
    }
  else if (numeral_canvas_get_image (self))
    {
      const NumeralCanvasImage *image = numeral_canvas_get_image (self);

      memcpy (tensor, image->tensor, INK_TENSOR_SIZE * sizeof (float));
      return !image->picture || image->picture->image;
    }
  else
    drawing = ink_drawing_ref (numeral_canvas_get_shown (self));
  return ink_tensor_from_drawing (drawing, NULL, tensor);
}

InkDrawing *
numeral_canvas_copy_ink (NumeralCanvas *self)
{
  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), NULL);

  if (self->stroke)
    {
      g_autoptr (InkStroke) stroke = ink_stroke_copy (self->stroke);

      return ink_drawing_with_stroke (numeral_canvas_get_shown (self), stroke);
    }
  return numeral_canvas_get_image (self) ? NULL : ink_drawing_ref (numeral_canvas_get_shown (self));
}

gboolean
numeral_canvas_is_drawing (NumeralCanvas *self)
{
  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), FALSE);

  return self->stroke || self->rubbed;
}

void
numeral_canvas_settle (NumeralCanvas *self)
{
  g_return_if_fail (NUMERAL_IS_CANVAS (self));

  numeral_canvas_end (self);
  numeral_canvas_pointer_release (self);
  numeral_canvas_keyboard_lift (self);
}

void
numeral_canvas_show_drawing (NumeralCanvas *self, InkDrawing *drawing)
{
  g_return_if_fail (NUMERAL_IS_CANVAS (self));

  numeral_canvas_settle (self);
  self->began = 0;
  numeral_canvas_push (self, drawing, NULL);
}

/* Takes ownership of @image. */
static void
show_image (NumeralCanvas *self, NumeralCanvasImage *image)
{
  g_autoptr (InkDrawing) state = ink_drawing_new_empty ();

  numeral_canvas_settle (self);
  numeral_canvas_push (self, state, image);
}

void
numeral_canvas_show_picture (NumeralCanvas *self, NumeralPicture *picture)
{
  g_return_if_fail (NUMERAL_IS_CANVAS (self));
  g_return_if_fail (picture != NULL);

  show_image (self, numeral_canvas_image_new_picture (picture));
}

void
numeral_canvas_show_image (NumeralCanvas *self,
                           GdkTexture *texture,
                           const float tensor[INK_TENSOR_SIZE])
{
  g_return_if_fail (NUMERAL_IS_CANVAS (self));

  show_image (self, numeral_canvas_image_new (texture, tensor));
}

void
numeral_canvas_swap_drawing (NumeralCanvas *self, InkDrawing *drawing)
{
  g_return_if_fail (NUMERAL_IS_CANVAS (self));

  numeral_canvas_settle (self);
  ink_history_undo (self->history);
  numeral_canvas_show_drawing (self, drawing);
}

gboolean
numeral_canvas_undo (NumeralCanvas *self)
{
  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), FALSE);

  numeral_canvas_settle (self);
  if (!ink_history_undo (self->history))
    return FALSE;
  numeral_canvas_state_changed (self);
  return TRUE;
}

gboolean
numeral_canvas_redo (NumeralCanvas *self)
{
  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), FALSE);

  numeral_canvas_settle (self);
  if (!ink_history_redo (self->history))
    return FALSE;
  numeral_canvas_state_changed (self);
  return TRUE;
}

gboolean
numeral_canvas_clear (NumeralCanvas *self)
{
  g_autoptr (InkDrawing) empty = NULL;

  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), FALSE);

  numeral_canvas_settle (self);
  if (numeral_canvas_is_empty (self))
    return FALSE;
  empty = ink_drawing_new_empty ();
  numeral_canvas_show_drawing (self, empty);
  return TRUE;
}

NumeralTool
numeral_canvas_get_tool (NumeralCanvas *self)
{
  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), NUMERAL_TOOL_PEN);

  return self->tool;
}

void
numeral_canvas_set_tool (NumeralCanvas *self, NumeralTool tool)
{
  g_return_if_fail (NUMERAL_IS_CANVAS (self));

  if (self->tool == tool)
    return;
  numeral_canvas_settle (self);
  self->tool = tool;
  numeral_canvas_update_cursor (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOOL]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
numeral_canvas_get_pen_width (NumeralCanvas *self)
{
  g_return_val_if_fail (NUMERAL_IS_CANVAS (self), 0);

  return self->pen_width;
}

void
numeral_canvas_set_pen_width (NumeralCanvas *self, double pen_width)
{
  g_return_if_fail (NUMERAL_IS_CANVAS (self));

  pen_width = CLAMP (pen_width, NUMERAL_CANVAS_PEN_MIN, NUMERAL_CANVAS_PEN_MAX);
  if (self->pen_width == pen_width)
    return;
  self->pen_width = pen_width;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PEN_WIDTH]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
numeral_canvas_unmap (GtkWidget *widget)
{
  NumeralCanvas *self = NUMERAL_CANVAS (widget);

  numeral_canvas_settle (self);
  self->hovering = FALSE;
  GTK_WIDGET_CLASS (numeral_canvas_parent_class)->unmap (widget);
}

static GtkSizeRequestMode
numeral_canvas_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
numeral_canvas_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = 120;
  *natural = for_size > 0 ? MAX (for_size, *minimum) : 400;
}

static void
numeral_canvas_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  NumeralCanvas *self = NUMERAL_CANVAS (object);

  switch (id)
    {
    case PROP_TOOL:
      g_value_set_enum (value, self->tool);
      break;
    case PROP_PEN_WIDTH:
      g_value_set_double (value, self->pen_width);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->stroke || ink_history_can_undo (self->history));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, ink_history_can_redo (self->history));
      break;
    case PROP_IS_EMPTY:
      g_value_set_boolean (value, numeral_canvas_is_empty (self));
      break;
    case PROP_HAS_INK:
      g_value_set_boolean (value, has_ink (self));
      break;
    case PROP_HAS_PICTURE:
      g_value_set_boolean (value, numeral_canvas_get_picture (self) != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
numeral_canvas_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  NumeralCanvas *self = NUMERAL_CANVAS (object);

  switch (id)
    {
    case PROP_TOOL:
      numeral_canvas_set_tool (self, g_value_get_enum (value));
      break;
    case PROP_PEN_WIDTH:
      numeral_canvas_set_pen_width (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
numeral_canvas_dispose (GObject *object)
{
  NumeralCanvas *self = NUMERAL_CANVAS (object);

  if (self->tick)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  G_OBJECT_CLASS (numeral_canvas_parent_class)->dispose (object);
}

static void
numeral_canvas_finalize (GObject *object)
{
  NumeralCanvas *self = NUMERAL_CANVAS (object);

  numeral_canvas_cache_clear (&self->cache);
  g_clear_pointer (&self->stroke, ink_stroke_unref);
  g_clear_pointer (&self->rubbed, ink_drawing_unref);
  g_clear_pointer (&self->sheet, numeral_sheet_unref);
  g_clear_pointer (&self->sheet_picture, numeral_picture_unref);
  g_clear_pointer (&self->images, g_hash_table_unref);
  g_clear_pointer (&self->history, ink_history_free);
  G_OBJECT_CLASS (numeral_canvas_parent_class)->finalize (object);
}

static void
numeral_canvas_class_init (NumeralCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags reading = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags writing = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = numeral_canvas_get_property;
  object_class->set_property = numeral_canvas_set_property;
  object_class->dispose = numeral_canvas_dispose;
  object_class->finalize = numeral_canvas_finalize;
  widget_class->snapshot = numeral_canvas_snapshot;
  widget_class->unmap = numeral_canvas_unmap;
  widget_class->measure = numeral_canvas_measure;
  widget_class->get_request_mode = numeral_canvas_get_request_mode;

  properties[PROP_TOOL] =
      g_param_spec_enum ("tool", NULL, NULL, NUMERAL_TYPE_TOOL, NUMERAL_TOOL_PEN, writing);
  properties[PROP_PEN_WIDTH] =
      g_param_spec_double ("pen-width", NULL, NULL, NUMERAL_CANVAS_PEN_MIN, NUMERAL_CANVAS_PEN_MAX,
                           NUMERAL_CANVAS_PEN_DEFAULT, writing);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, reading);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, reading);
  properties[PROP_IS_EMPTY] = g_param_spec_boolean ("is-empty", NULL, NULL, TRUE, reading);
  properties[PROP_HAS_INK] = g_param_spec_boolean ("has-ink", NULL, NULL, FALSE, reading);
  properties[PROP_HAS_PICTURE] = g_param_spec_boolean ("has-picture", NULL, NULL, FALSE, reading);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  numeral_canvas_state_class_init (klass);
  gtk_widget_class_set_css_name (widget_class, "canvas");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
numeral_canvas_init (NumeralCanvas *self)
{
  self->pen_width = NUMERAL_CANVAS_PEN_DEFAULT;
  self->was_empty = TRUE;
  self->history = ink_history_new ();
  self->images = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) ink_drawing_unref,
                                        (GDestroyNotify) numeral_canvas_image_free);
  self->cursor_x = self->cursor_y = NUMERAL_CANVAS_SIZE / 2;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Drawing canvas"), -1);
  numeral_canvas_pointer_init (self);
  numeral_canvas_keyboard_init (self);
  numeral_canvas_zoom_init (self);
}

NumeralCanvas *
numeral_canvas_new (void)
{
  return g_object_new (NUMERAL_TYPE_CANVAS, NULL);
}
