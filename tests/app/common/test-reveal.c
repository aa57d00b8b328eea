/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder is shown in the file manager: this program is one on the test's own bus. */

#include "numeral-reveal.h"
#include "wait.h"

#define NAME "org.freedesktop.FileManager1"
#define PATH "/org/freedesktop/FileManager1"
#define INTERFACE                                              \
  "<node><interface name='" NAME "'><method name='ShowItems'>" \
  "<arg type='as' direction='in'/><arg type='s' direction='in'/></method></interface></node>"

static void
on_call (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer data)
{
  g_autoptr (GVariantIter) uris = NULL;

  g_assert_cmpstr (method, ==, "ShowItems");
  g_variant_get (parameters, "(ass)", &uris, NULL);
  g_assert_true (g_variant_iter_next (uris, "s", data));
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
on_name (GDBusConnection *bus, const char *name, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
on_revealed (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_reveal (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (INTERFACE, NULL);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/run & 1");
  g_autoptr (GAsyncResult) result = NULL;
  const GDBusInterfaceVTable vtable = { .method_call = on_call };
  g_autofree char *expected = g_file_get_uri (file);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = gtk_window_new ();
  gboolean owned = FALSE;
  guint object, name;

  object = g_dbus_connection_register_object (bus, PATH, node->interfaces[0], &vtable, &uri, NULL,
                                              &error);
  g_assert_no_error (error);
  name = g_bus_own_name_on_connection (bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, on_name, NULL,
                                       &owned, NULL);
  assert_soon (is_true, &owned);
  numeral_reveal_async (window, file, on_revealed, &result);
  assert_soon (is_set, &result);
  g_assert_true (numeral_reveal_finish (result, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (uri, ==, expected);
  g_bus_unown_name (name);
  g_dbus_connection_unregister_object (bus, object);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Without a file manager the error names the folder. */
static void
test_none (void)
{
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/run-0001");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window = gtk_window_new ();

  gtk_window_present (GTK_WINDOW (window));
  wait_for (0.2);
  numeral_reveal_async (window, file, on_revealed, &result);
  assert_soon (is_set, &result);
  g_assert_false (numeral_reveal_finish (result, &error));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "/nowhere/run-0001"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/reveal/file-manager", test_reveal);
  g_test_add_func ("/app/reveal/none", test_none);
  return g_test_run ();
}
