/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli-fixture.h"

#include <string.h>

/* Enough images to run all code, and few enough to be fast. The tests assert no times: the speed
 * of a machine does not tell whether the program is correct. */
#define FEW "--seconds", "0", "--images", "640"

static void
assert_positive (JsonObject *object, const char *const *members)
{
  for (guint i = 0; members[i] != NULL; i++)
    g_assert_cmpfloat (cli_json_number (object, members[i]), >, 0);
}

static void
assert_schema (JsonObject *report)
{
  static const char *const top[] = { "processors", "images", "ink_share", "sgemm_gflops", NULL };
  static const char *const times[] = { "runs", "p50_us", "p99_us", "sgemm_ratio", NULL };
  static const char *const bulk[] = { "images_per_second", "gflops", "sgemm_ratio", NULL };
  static const char *const epoch[] = { "threads", "seconds",     "images_per_second",
                                       "gflops",  "sgemm_ratio", NULL };
  JsonArray *epochs = json_object_get_array_member (report, "epoch");

  assert_positive (report, top);
  g_assert_cmpstr (json_object_get_string_member (report, "kernels"), !=, "none");
  g_assert_cmpuint (strlen (json_object_get_string_member (report, "kernels_of_library")), >, 0);
  g_assert_cmpuint (strlen (json_object_get_string_member (report, "kernels_reason")), >, 0);
  assert_positive (json_object_get_object_member (report, "forward"), times);
  assert_positive (json_object_get_object_member (report, "ink"), times);
  assert_positive (json_object_get_object_member (report, "bulk"), bulk);
  g_assert_cmpuint (json_array_get_length (epochs), ==,
                    cli_json_number (report, "processors") > 1 ? 2 : 1);
  for (guint i = 0; i < json_array_get_length (epochs); i++)
    assert_positive (json_array_get_object_element (epochs, i), epoch);
  g_assert_cmpfloat (cli_json_number (json_array_get_object_element (epochs, 0), "threads"), ==, 1);
}

static void
test_synthetic (void)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;
  double share;

  /* A folder without data. */
  g_subprocess_launcher_unsetenv (launcher, "NUMERAL_DATA_DIR");
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", cli_path ("nothing"), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_DIRS", cli_path ("nothing"), TRUE);
  process = cli_spawn (launcher, "bench", "--json", FEW, NULL);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  report = cli_json (out);
  assert_schema (report);
  g_assert_cmpstr (json_object_get_string_member (report, "data"), ==, "synthetic");
  g_assert_cmpfloat (cli_json_number (report, "images"), ==, 640);
  /* The share of MNIST is 0.191; 20 % more or less still measures the same thing. */
  share = cli_json_number (report, "ink_share");
  g_assert_cmpfloat (share, >, 0.15);
  g_assert_cmpfloat (share, <, 0.23);
}

static void
test_found (void)
{
  const char *folder = cli_make_idx ("mnist", 700, 20);
  g_autoptr (GSubprocessLauncher) launcher = cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;

  g_subprocess_launcher_setenv (launcher, "NUMERAL_DATA_DIR", folder, TRUE);
  process = cli_spawn (launcher, "bench", "--json", FEW, NULL);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  report = cli_json (out);
  assert_schema (report);
  g_assert_cmpstr (json_object_get_string_member (report, "data"), ==, "mnist");
  g_assert_cmpfloat (cli_json_number (report, "images"), ==, 640);
}

static void
test_text (void)
{
  static const char *const starts[] = { "data ",           "\nkernels ", "\nsgemm ",
                                        "\nforward pass ", "\nin bulk ", "\nepoch, ",
                                        "\nink to tensor " };
  g_autoptr (CliRun) run = cli_run ("bench", FEW, NULL);

  cli_assert_ok (run);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    g_assert_nonnull (strstr (run->out, starts[i]));
}

/* The user's choice of kernels wins over the library's and ours, and the report says so. */
static void
test_kernels (void)
{
  g_autoptr (GSubprocessLauncher) launcher = cli_launcher (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *out = NULL;

  g_subprocess_launcher_setenv (launcher, "OPENBLAS_CORETYPE", "Prescott", TRUE);
  process = cli_spawn (launcher, "bench", "--json", FEW, NULL);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  report = cli_json (out);
  g_assert_cmpstr (json_object_get_string_member (report, "kernels_reason"), ==, "user");
#if defined(__x86_64__)
  g_assert_cmpstr (json_object_get_string_member (report, "kernels"), ==, "Prescott");
#endif
}

/* Augmented views take time: with them an epoch is measured in addition to the plain one. */
static void
test_augment (void)
{
  g_autoptr (CliRun) run = cli_run ("bench", "--json", "--augment", "light", FEW, NULL);
  static const char *const members[] = { "augmented_seconds", "augmented_ratio", NULL };
  g_autoptr (JsonObject) report = NULL;
  JsonArray *epochs;

  cli_assert_ok (run);
  report = cli_json (run->out);
  assert_schema (report);
  epochs = json_object_get_array_member (report, "epoch");
  for (guint i = 0; i < json_array_get_length (epochs); i++)
    assert_positive (json_array_get_object_element (epochs, i), members);
}

/* Operations that a figure in operations counts for each image. */
static double
flops_of (JsonObject *figure)
{
  return 1e9 * cli_json_number (figure, "gflops") / cli_json_number (figure, "images_per_second");
}

/* The operations are those of the layers, each weight of a convolution once for each place. */
static void
test_network (void)
{
  static const struct
  {
    const char *text;
    double forward, first; /* multiplications of all layers and of the first with weights */
  } networks[] = {
    { "784-20-10", 784 * 20 + 20 * 10, 784 * 20 },
    { "28x28-conv5x5x8-pool2-10", 25. * 24 * 24 * 8 + 12 * 12 * 8 * 10, 25. * 24 * 24 * 8 },
    /* stride 2 and padding 1: 14 x 14; the second reads 4 channels of 7 x 7 */
    { "28x28-conv3x3x4s2p1-avgpool2-conv3x3x6-dropout0.1-30-tanh-10",
      9. * 14 * 14 * 4 + 4. * 9 * 5 * 5 * 6 + 6. * 5 * 5 * 30 + 30 * 10, 9. * 14 * 14 * 4 },
    /* what comes before the first weights takes no gradient */
    { "28x28-pool2-conv3x3x2-10", 9. * 12 * 12 * 2 + 2. * 12 * 12 * 10, 9. * 12 * 12 * 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (networks); i++)
    {
      g_autoptr (CliRun) run =
          cli_run ("bench", "--json", "--network", networks[i].text, FEW, NULL);
      g_autoptr (JsonObject) report = NULL;
      const double forward = 2 * networks[i].forward;
      /* Forward, gradient of the weights, and gradient of the inputs but for the first. */
      const double training = 3 * forward - 2 * networks[i].first;
      JsonArray *epochs;

      cli_assert_ok (run);
      report = cli_json (run->out);
      assert_schema (report);
      g_assert_cmpstr (json_object_get_string_member (report, "network"), ==, networks[i].text);
      g_assert_cmpfloat_with_epsilon (flops_of (json_object_get_object_member (report, "bulk")),
                                      forward, 1e-3 * forward);
      epochs = json_object_get_array_member (report, "epoch");
      for (guint e = 0; e < json_array_get_length (epochs); e++)
        g_assert_cmpfloat_with_epsilon (flops_of (json_array_get_object_element (epochs, e)),
                                        training, 1e-3 * training);
    }
}

static void
test_network_shape (void)
{
  g_autoptr (CliRun) run = cli_run ("bench", "--network", "100-20-10", FEW, NULL);

  cli_assert_error (run, 1, "100-20-10");
}

int
main (int argc, char **argv)
{
  cli_fixture_begin (&argc, &argv);
  g_test_add_func ("/cli/bench/synthetic", test_synthetic);
  g_test_add_func ("/cli/bench/found", test_found);
  g_test_add_func ("/cli/bench/text", test_text);
  g_test_add_func ("/cli/bench/kernels", test_kernels);
  g_test_add_func ("/cli/bench/augment", test_augment);
  g_test_add_func ("/cli/bench/network", test_network);
  g_test_add_func ("/cli/bench/network/shape", test_network_shape);
  return cli_fixture_end ();
}
