/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "numeral-evaluation-export.h"
#include "numeral-export.h"
#include "numeral-file-chooser.h"
#include "numeral-json.h"
#include "numeral-results-page-private.h"
#include "numeral-toast.h"

/* Scale of PNG images, so that they are sharp in print. */
#define PNG_SCALE 2

static GBytes *
format_json (NumeralResultsPage *self)
{
  JsonObject *object = numeral_evaluation_to_json (self->evaluation);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  if (self->comparison)
    json_object_set_object_member (object, "compare",
                                   numeral_comparison_to_json (self->comparison, self->compared));
  if (self->suspects)
    {
      g_autoptr (GArray) suspects = numeral_results_page_collect_suspects (self);

      json_object_set_array_member (object, "mislabelled", numeral_suspects_to_json (suspects));
    }
  return numeral_json_format (node);
}

static GBytes *
format_csv (NumeralResultsPage *self)
{
  char *text = numeral_evaluation_to_csv (self->evaluation, self->comparison);

  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
draw (NumeralResultsPage *self, const char *what, GError **error)
{
  const PicturePage page = g_str_has_prefix (what, "confusion") ?
                               numeral_confusion_view_get_page (self->confusion) :
                               numeral_reliability_view_get_page (self->reliability);

  /* Use a white background, in a dark window too. */
  if (g_str_has_suffix (what, "svg"))
    return picture_page_svg (&page, &picture_style_light, error);
  return picture_page_png (&page, PNG_SCALE, &picture_style_light, error);
}

static void
on_chosen (gpointer page, GFile *file, GtkFileFilter *filter, gpointer what)
{
  NumeralResultsPage *self = page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  /* Something else may be measured while the dialog is open. */
  if (!self->evaluation)
    return;
  if (g_str_equal (what, "json"))
    bytes = format_json (self);
  else if (g_str_equal (what, "csv"))
    bytes = format_csv (self);
  else
    bytes = draw (self, what, &error);
  if (bytes)
    numeral_export_bytes (page, file, bytes);
  else
    numeral_toast_show (page, error->message);
}

void
numeral_results_page_export (NumeralResultsPage *self, const char *what)
{
  const char *dot = strrchr (what, '.');
  const char *suffix = dot ? dot + 1 : what;
  g_autofree char *name = NULL, *file = NULL;
  const char *base;
  NumeralFileRequest request = { .title = _ ("Export the Results"),
                                 .action = GTK_FILE_CHOOSER_ACTION_SAVE };

  if (!self->evaluation)
    return;
  /* Translators: the proposed names of files, without their suffixes */
  base = g_str_has_prefix (what, "confusion")   ? _ ("confusions") :
         g_str_has_prefix (what, "reliability") ? _ ("reliability") :
                                                  _ ("results");
  if (self->evaluation->of_writer)
    /* Translators: the proposed name of a file without its suffix: one of the names above, the
       number of a writer */
    name = g_strdup_printf (_ ("%s-writer-%u"), base, self->evaluation->writer);
  else
    name = g_strdup (base);
  request.name = file = g_strdup_printf ("%s.%s", name, suffix);
  numeral_file_chooser_ask (GTK_WIDGET (self), &request, on_chosen, g_strdup (what), g_free);
}
