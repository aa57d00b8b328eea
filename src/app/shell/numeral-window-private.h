/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numeral-document.h"
#include "numeral-lab.h"
#include "numeral-samples-bar.h"
#include "numeral-window.h"
#include "numeral-workbench.h"

G_BEGIN_DECLS

struct _NumeralWindow
{
  AdwApplicationWindow parent_instance;

  GSettings *settings;

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  NumeralWorkbench *workbench;
  NumeralReadingPane *pane;
  NumeralSamplesBar *samples_bar;
  GtkRevealer *problem_bar;
  GtkLabel *problem;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GMenu *file_menu; /* a section of the menu */
  GtkSpinner *spinner;

  NumeralLab *lab;

  /* The canvas of the pane. */
  NumeralCanvas *canvas;

  /* The file that is being read. */
  GCancellable *opening;
  /* The state of the canvas that shows the current sample. */
  InkDrawing *sample_drawing;

  /* The toast "Drawing cleared", the drawing that its button restores, and whether the canvas
   * was cleared again while the toast was shown. */
  AdwToast *cleared_toast;
  InkDrawing *cleared;
  gboolean cleared_again;

  /* The last picture for which it was looked whether it should be turned, and the offer to. */
  NumeralPicture *looked_at;
  AdwToast *turn_offer;

  guint waiting;    /* checks whether the spinner is needed */
  gboolean turning; /* whether a picture is being turned */
  int to_turn;      /* degrees clockwise by which it is to be turned next */
  guint announcing;
  NumeralHandLearnerState announced_state;
  guint keeping;
  gboolean keep_locked;  /* whether the drawing of last time is encrypted and not shown yet */
  gboolean keep_pending; /* whether a drawing could not be saved for want of the key */
  gboolean told_locked;
  AdwToast *locked_toast; /* (nullable): that told it, until something is drawn */

  GPtrArray *unsaved_keys; /* of the runs in the unsaved bar */
};

/* numeral-window-message.c */
void numeral_window_show_message (NumeralWindow *self, const char *message);

/* numeral-window-actions.c */
void numeral_window_actions_class_init (GtkWidgetClass *widget_class);
void numeral_window_actions_init (NumeralWindow *self);

/* numeral-window-announce.c: announces the answer to screen readers. After the lab. */
void numeral_window_announce_init (NumeralWindow *self);

/* numeral-window-learn.c: the pages beside the reading pane. */
void numeral_window_learn_init (NumeralWindow *self);
/* Shows the pages if the reading pane covers them. */
void numeral_window_learn (NumeralWindow *self);
/* Shows what explains the digit on the canvas. */
void numeral_window_explain (NumeralWindow *self);
/* Saves the current run. */
void numeral_window_learn_close (NumeralWindow *self);

/* numeral-window-teach.c: the question whether a digit was read correctly. After the settings and
 * the lab. */
void numeral_window_teach_class_init (GtkWidgetClass *widget_class);
void numeral_window_teach_init (NumeralWindow *self);

/* numeral-window-protect.c: the encryption of one's own handwriting. After the lab. */
void numeral_window_protect_init (NumeralWindow *self);

/* numeral-window-open.c */
void numeral_window_open (NumeralWindow *self);
void numeral_window_open_texture (NumeralWindow *self, GdkTexture *texture);
/* The contents of a file that is none, such as ink of the clipboard. */
void numeral_window_open_bytes (NumeralWindow *self, GBytes *bytes);
void numeral_window_show_sample (NumeralWindow *self);

/* numeral-window-model.c */
gboolean numeral_window_is_model (GFile *file);
/* Loads the model and asks whether to read with it; stops if @cancellable is no longer the
 * window's "opening". */
void numeral_window_open_model (NumeralWindow *self, GFile *file, GCancellable *cancellable);

/* numeral-window-busy.c: shows that a file or a picture is being read, if that takes long. */
void numeral_window_wait (NumeralWindow *self);

/* numeral-window-turn.c: turns the picture on the canvas clockwise, by a multiple of 90 degrees. */
void numeral_window_turn (NumeralWindow *self, int degrees);

/* numeral-window-orientation.c: offers to turn a picture that lies on its side. */
void numeral_window_orientation_init (NumeralWindow *self);
void numeral_window_orientation_clear (NumeralWindow *self);

/* numeral-window-recent.c: the recently used files of the desktop, and their menu. */
void numeral_window_add_recent (NumeralWindow *self, GFile *file);
void numeral_window_recent_init (NumeralWindow *self);

/* numeral-window-clipboard.c */
/* The lines of a page as text, or the drawing as an image. */
void numeral_window_copy (NumeralWindow *self);
void numeral_window_copy_csv (NumeralWindow *self);
void numeral_window_paste (NumeralWindow *self);
void numeral_window_drop_init (NumeralWindow *self);

/* numeral-window-save.c */
void numeral_window_save (NumeralWindow *self);

/* numeral-window-unsaved.c */
void numeral_window_unsaved_init (NumeralWindow *self);
/* Asks what becomes of a trained model that is not saved, if there is one. */
gboolean numeral_window_unsaved_ask (NumeralWindow *self);

/* numeral-window-keep.c: saves the drawing between sessions. */
void numeral_window_keep_init (NumeralWindow *self);
/* Queues the drawing to be saved, if it has changed, without the usual delay. */
void numeral_window_keep_now (NumeralWindow *self);
/* Shows the drawing of last time, if it was locked until now; saves what was drawn meanwhile. */
void numeral_window_keep_unlocked (NumeralWindow *self);

G_END_DECLS
