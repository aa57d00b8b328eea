/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of settings: every row as text and back, and at, inside and outside of its bounds. */

#include <math.h>
#include <string.h>

#include "core-test.h"

typedef struct
{
  const NnSetting *settings;
  guint n;
  gsize size;
} Table;

static const Table tables[] = {
  { nn_train_settings, NN_N_TRAIN_SETTINGS, sizeof (NnTrainConfig) },
  { nn_augment_settings, NN_N_AUGMENT_FIELDS, sizeof (NnAugment) },
};

static void
each (void (*func) (const NnSetting *setting, gpointer object))
{
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (guint i = 0; i < tables[t].n; i++)
      {
        g_autofree guint8 *object = g_malloc0 (tables[t].size);

        nn_settings_reset (tables[t].settings, tables[t].n, object);
        g_test_message ("%s", tables[t].settings[i].name);
        func (&tables[t].settings[i], object);
      }
}

static void
assert_text (const NnSetting *setting, gpointer object)
{
  g_autofree char *text = nn_setting_get_text (setting, object);
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;

  if (text == NULL) /* not set */
    {
      g_assert_cmpint (setting->type, ==, NN_SETTING_TEXT);
      return;
    }
  nn_setting_reset (setting, object);
  g_assert_true (nn_setting_set_text (setting, object, text, &error));
  g_assert_no_error (error);
  again = nn_setting_get_text (setting, object);
  g_assert_cmpstr (again, ==, text);
}

static void
round_trip (const NnSetting *setting, gpointer object)
{
  static const char *const texts[] = { "none",       "7",
                                       "800,30,1",   "strong,rotation=10.1",
                                       "784-128-10", "9x9-conv3x3x4-pool2-dropout0.1-3" };
  NnRandom random;

  assert_text (setting, object);
  nn_random_init (&random, 3);
  if (setting->type == NN_SETTING_WIDTHS || setting->type == NN_SETTING_TEXT)
    {
      for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
        if (nn_setting_set_text (setting, object, texts[i], NULL))
          assert_text (setting, object);
      return;
    }
  for (guint i = 0; i < 200; i++)
    {
      const double share = (double) nn_random_uniform (&random) / 3;
      const double value = setting->type == NN_SETTING_CHOICE ?
                               i % setting->names->n :
                               setting->low + share * (setting->high - setting->low);
      double set;

      nn_setting_set_number (setting, object, value);
      set = nn_setting_get_number (setting, object);
      assert_text (setting, object);
      g_assert_cmpfloat (nn_setting_get_number (setting, object), ==, set);
    }
}

static void
test_round_trip (void)
{
  each (round_trip);
}

static void
refuse_text (const NnSetting *setting, gpointer object)
{
  static const char *const texts[] = { "", "x", "1x", "-", "18446744073709551616x" };
  g_autofree char *before = nn_setting_get_text (setting, object);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (nn_setting_set_text (setting, object, texts[i], &error));
      core_test_error (&error, NN_ERROR_CONFIG);
      after = nn_setting_get_text (setting, object);
      if (setting->type != NN_SETTING_TEXT)
        g_assert_cmpstr (after, ==, before);
    }
}

static void
test_refused_text (void)
{
  each (refuse_text);
}

static void
assert_check (const NnSetting *setting, gpointer object, double value, gboolean good)
{
  g_autofree char *range = nn_setting_format_range (setting);
  g_autoptr (GError) error = NULL;

  nn_setting_set_number (setting, object, value);
  if (nn_setting_check (setting, object, &error) != good)
    g_error ("%s: %g is %s its range", setting->name, value, good ? "out of" : "in");
  if (good)
    return;
  g_assert_cmpstr (error->message, ==, range);
  g_assert_nonnull (strstr (range, setting->title));
  core_test_error (&error, NN_ERROR_CONFIG);
}

static void
check_bounds (const NnSetting *setting, gpointer object)
{
  const double low = setting->low, high = setting->high;

  g_assert_true (nn_setting_check (setting, object, NULL));
  if (setting->type == NN_SETTING_REAL)
    {
      assert_check (setting, object, low, !(setting->flags & NN_SETTING_ABOVE_LOW));
      assert_check (setting, object, nextafter (low, -INFINITY), FALSE);
      assert_check (setting, object, nextafter (low, INFINITY), TRUE);
      assert_check (setting, object, high, !(setting->flags & NN_SETTING_BELOW_HIGH));
      assert_check (setting, object, nextafter (high, INFINITY), FALSE);
      assert_check (setting, object, nextafter (high, -INFINITY), TRUE);
      assert_check (setting, object, (double) NAN, FALSE);
      assert_check (setting, object, (double) INFINITY, FALSE);
      assert_check (setting, object, (double) -INFINITY, FALSE);
    }
  else if (setting->type == NN_SETTING_COUNT)
    {
      assert_check (setting, object, low, TRUE);
      assert_check (setting, object, high, TRUE);
      if (low > 0)
        assert_check (setting, object, low - 1, FALSE);
      if (high < G_MAXUINT)
        assert_check (setting, object, high + 1, FALSE);
    }
  else if (setting->type == NN_SETTING_CHOICE)
    {
      assert_check (setting, object, setting->names->n - 1, TRUE);
      assert_check (setting, object, setting->names->n, FALSE);
    }
}

static void
test_bounds (void)
{
  each (check_bounds);
}

static void
check_words (const NnSetting *setting, gpointer object)
{
  g_autofree char *label = nn_setting_format_label (setting);
  g_autofree char *help = nn_setting_format_help (setting);
  g_autofree char *initial = nn_setting_format_initial (setting);
  g_autofree char *text = nn_setting_get_text (setting, object);

  g_assert_true (g_str_has_prefix (label, setting->title));
  g_assert_true (g_str_has_prefix (help, setting->hint));
  g_assert_false (g_str_has_suffix (setting->hint, "."));
  if (text != NULL)
    g_assert_cmpstr (initial, ==, text);
  else /* a text that is not set */
    g_assert_cmpstr (initial, ==, "none");
  g_assert_nonnull (strstr (help, initial));
  for (guint i = 0; setting->names != NULL && i < setting->names->n; i++)
    {
      g_assert_nonnull (strstr (help, setting->names->list[i]));
      g_assert_nonnull (nn_setting_choice_title (setting, i));
    }
  if (setting->names != NULL)
    g_assert_null (nn_setting_choice_title (setting, setting->names->n));
}

static void
test_words (void)
{
  each (check_words);
}

/* Each row is another member, of another name, and all members have a row: a change of any byte of
 * a member is a difference. */
static void
test_members (void)
{
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (guint i = 0; i < tables[t].n; i++)
      for (guint j = 0; j < i; j++)
        {
          const NnSetting *a = &tables[t].settings[i], *b = &tables[t].settings[j];

          g_assert_cmpuint (a->offset, !=, b->offset);
          g_assert_cmpstr (a->name, !=, b->name);
          g_assert_true (nn_settings_find (tables[t].settings, tables[t].n, a->name) == a);
        }
  g_assert_null (nn_settings_find (nn_train_settings, NN_N_TRAIN_SETTINGS, "no-such"));
}

static void
test_equal (void)
{
  NnTrainConfig a, b;

  nn_train_config_init (&a);
  for (guint i = 0; i < NN_N_TRAIN_SETTINGS; i++)
    {
      const NnSetting *setting = &nn_train_settings[i];

      b = a;
      g_assert_true (nn_train_config_equal (&a, &b));
      if (setting->type == NN_SETTING_WIDTHS)
        b.hidden[0]++;
      else if (setting->type == NN_SETTING_TEXT)
        b.augment.shear++;
      else
        nn_setting_set_number (setting, &b, nn_setting_get_number (setting, &b) + 1);
      g_assert_false (nn_train_config_equal (&a, &b));
    }
  b = a;
  a.seed = G_MAXUINT64;
  b.seed = G_MAXUINT64 - 1;
  g_assert_false (nn_train_config_equal (&a, &b));
}

/* The default of augmentation is the preset of none. */
static void
test_presets (void)
{
  NnTrainConfig config;
  NnAugment none;

  nn_train_config_init (&config);
  nn_augment_preset (0, &none);
  g_assert_true (nn_augment_equal (&config.augment, &none));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/settings/round-trip", test_round_trip);
  g_test_add_func ("/core/settings/refused-text", test_refused_text);
  g_test_add_func ("/core/settings/bounds", test_bounds);
  g_test_add_func ("/core/settings/words", test_words);
  g_test_add_func ("/core/settings/members", test_members);
  g_test_add_func ("/core/settings/equal", test_equal);
  g_test_add_func ("/core/settings/presets", test_presets);
  return g_test_run ();
}
