/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk/x11/gdkx.h>

#include "monkey.h"
#include "numeral-reading-pane.h"

#define MAX_STROKE 12

static const guint keys[] = {
  GDK_KEY_Escape,    GDK_KEY_Escape,       GDK_KEY_Escape,    GDK_KEY_Return,   GDK_KEY_space,
  GDK_KEY_Tab,       GDK_KEY_Tab,          GDK_KEY_Delete,    GDK_KEY_Insert,   GDK_KEY_BackSpace,
  GDK_KEY_Up,        GDK_KEY_Down,         GDK_KEY_Left,      GDK_KEY_Right,    GDK_KEY_Home,
  GDK_KEY_End,       GDK_KEY_Page_Up,      GDK_KEY_Page_Down, GDK_KEY_Menu,     GDK_KEY_bracketleft,
  GDK_KEY_plus,      GDK_KEY_minus,        GDK_KEY_slash,     GDK_KEY_period,   GDK_KEY_comma,
  GDK_KEY_KP_Delete, GDK_KEY_bracketright, GDK_KEY_question,  GDK_KEY_KP_Enter, GDK_KEY_KP_0,
};

static guint
pick_key (Monkey *self)
{
  switch (monkey_pick (self, 6))
    {
    case 0:
      return GDK_KEY_0 + monkey_pick (self, 10);
    case 1:
    case 2:
      return GDK_KEY_a + monkey_pick (self, 26);
    case 3:
      return GDK_KEY_F1 + monkey_pick (self, 12);
    default:
      return keys[monkey_pick (self, G_N_ELEMENTS (keys))];
    }
}

static GdkModifierType
pick_modifiers (Monkey *self)
{
  static const GdkModifierType modifiers[] = {
    GDK_CONTROL_MASK,
    GDK_CONTROL_MASK,
    GDK_SHIFT_MASK,
    GDK_ALT_MASK,
    GDK_CONTROL_MASK | GDK_SHIFT_MASK,
    GDK_CONTROL_MASK | GDK_ALT_MASK,
  };

  return monkey_pick (self, 2) ? 0 : modifiers[monkey_pick (self, G_N_ELEMENTS (modifiers))];
}

/* Keys of others than the program. */
static gboolean
is_excluded (guint key, GdkModifierType modifiers)
{
  /* GTK's inspector, which can change anything in the program. */
  if (modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && (key == GDK_KEY_i || key == GDK_KEY_d))
    return TRUE;
  /* The end of the main loop, which this program runs by itself; test-unsaved.c quits. */
  if (modifiers == GDK_CONTROL_MASK && key == GDK_KEY_q)
    return TRUE;
  /* An X server's own: another console, or its end. */
  return modifiers == (GDK_CONTROL_MASK | GDK_ALT_MASK) &&
         (key == GDK_KEY_BackSpace || key == GDK_KEY_Delete ||
          (key >= GDK_KEY_F1 && key <= GDK_KEY_F12));
}

/* Without a window manager nobody else gives a window the keyboard. */
static void
focus (Monkey *self)
{
  GtkWindow *front = monkey_get_front (self);

  if (front && !gtk_window_is_active (front))
    hand_focus (self->hand, front);
}

void
monkey_input_key (Monkey *self)
{
  guint key = pick_key (self);
  GdkModifierType modifiers = pick_modifiers (self);

  /* Where the kernel does not keep the program from writing elsewhere, a file chooser, in which
   * any file can be chosen, is only closed. */
  if (!self->confined && GTK_IS_FILE_CHOOSER (monkey_get_front (self)))
    {
      key = GDK_KEY_Escape;
      modifiers = 0;
    }
  if (is_excluded (key, modifiers))
    return;
  monkey_note ("key %s%s%s%s", modifiers & GDK_CONTROL_MASK ? "Control+" : "",
               modifiers & GDK_SHIFT_MASK ? "Shift+" : "", modifiers & GDK_ALT_MASK ? "Alt+" : "",
               gdk_keyval_name (key));
  focus (self);
  hand_key (self->hand, key, modifiers);
}

/* A place in the window in front, or anywhere. */
static void
move (Monkey *self)
{
  GtkWindow *front = monkey_get_front (self);
  int x = (int) monkey_pick (self, 1280), y = (int) monkey_pick (self, 1024);

  if (front && monkey_pick (self, 8))
    {
      /* Windows that no manager moves are in the corner of the screen. */
      x %= MAX (gtk_widget_get_width (GTK_WIDGET (front)) + 40, 1);
      y %= MAX (gtk_widget_get_height (GTK_WIDGET (front)) + 40, 1);
    }
  monkey_note ("move to %d, %d", x, y);
  hand_move_to (self->hand, x, y);
}

static guint
pick_button (Monkey *self)
{
  /* 4 to 7 are the directions of a wheel. */
  static const guint buttons[] = { 1, 1, 1, 1, 1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 7 };

  return buttons[monkey_pick (self, G_N_ELEMENTS (buttons))];
}

void
monkey_input_pointer (Monkey *self)
{
  const guint button = pick_button (self);

  if (!self->confined && GTK_IS_FILE_CHOOSER (monkey_get_front (self)))
    return;
  if (monkey_pick (self, 4))
    move (self);
  if (self->held & 1u << button)
    {
      monkey_note ("release %u", button);
      hand_release (self->hand, button);
      self->held &= ~(1u << button);
      return;
    }
  monkey_note ("press %u", button);
  hand_press (self->hand, button);
  self->held |= 1u << button;
  /* A wheel is never held, and a button seldom for long. */
  if (button >= 4 || monkey_pick (self, 4))
    {
      hand_release (self->hand, button);
      self->held &= ~(1u << button);
    }
}

void
monkey_input_release (Monkey *self)
{
  for (guint button = 1; button < 8; button++)
    if (self->held & 1u << button)
      hand_release (self->hand, button);
  self->held = 0;
}

/* On and beside the canvas. */
void
monkey_input_stroke (Monkey *self)
{
  NumeralCanvas *canvas;
  double points[MAX_STROKE][2];
  const guint n = 1 + monkey_pick (self, MAX_STROKE);

  if (!self->window || monkey_get_front (self) != GTK_WINDOW (self->window))
    return;
  canvas = numeral_reading_pane_get_canvas (numeral_window_get_pane (self->window));
  if (!gtk_widget_get_mapped (GTK_WIDGET (canvas)) ||
      gtk_widget_get_width (GTK_WIDGET (canvas)) == 0)
    return;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < 2; j++)
      points[i][j] = g_rand_double_range (self->random, -0.1, 1.1) * NUMERAL_CANVAS_SIZE;
  monkey_note ("stroke of %u points", n);
  hand_stroke (self->hand, canvas, points, n);
}
