/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-look.h"

/* A style sheet that is used under a condition. */
typedef struct
{
  GdkDisplay *display;
  GtkCssProvider *provider;
  const char *file;
  const char *property; /* property of the style manager that tells whether it is used */
} Sheet;

static void
free_sheet (gpointer data, GClosure *closure)
{
  Sheet *sheet = data;

  g_clear_object (&sheet->provider);
  g_free (sheet);
}

/* The provider is (transfer full). */
static GtkCssProvider *
add (GdkDisplay *display, const char *file)
{
  g_autofree char *path = g_strconcat (NUMERAL_RESOURCES "/", file, NULL);
  GtkCssProvider *provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return provider;
}

static void
update (AdwStyleManager *style, GParamSpec *pspec, Sheet *sheet)
{
  gboolean used;

  g_object_get (style, sheet->property, &used, NULL);
  if (used == (sheet->provider != NULL))
    return;
  if (!used)
    gtk_style_context_remove_provider_for_display (sheet->display,
                                                   GTK_STYLE_PROVIDER (sheet->provider));
  g_clear_object (&sheet->provider);
  if (used)
    sheet->provider = add (sheet->display, sheet->file);
}

static void
follow (AdwStyleManager *style, GdkDisplay *display, const char *property, const char *file)
{
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);
  Sheet *sheet = g_new0 (Sheet, 1);

  sheet->display = display;
  sheet->file = file;
  sheet->property = property;
  g_signal_connect_data (style, signal, G_CALLBACK (update), sheet, free_sheet, 0);
  update (style, NULL, sheet);
}

void
numeral_look_init (AdwStyleManager *style, GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) always = add (display, "style.css");

  follow (style, display, "dark", "style-dark.css");
  follow (style, display, "high-contrast", "style-hc.css");
}
