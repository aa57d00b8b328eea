/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "nn-blas-kernels.h"

#define AVX2 (NN_CPU_AVX | NN_CPU_AVX2 | NN_CPU_FMA3)
#define AVX512 (AVX2 | NN_CPU_AVX512)

static void
test_wanted (void)
{
  static const struct
  {
    const char *processor;
    NnCpuFeatures features;
    const char *chosen, *wanted;
  } cases[] = {
    { "Emerald Rapids, taken for the oldest", AVX512, "Prescott", "SkylakeX" },
    { "Tiger Lake where AVX-512 was overlooked", AVX512, "Haswell", "SkylakeX" },
    { "Raptor Lake, taken for the oldest", AVX2, "Prescott", "Haswell" },
    { "the same in other letters", AVX2, "PRESCOTT", "Haswell" },
    { "Knights Landing, which has not all of AVX-512", AVX2, "Prescott", "Haswell" },
    { "Zen 4", AVX512 | NN_CPU_AMD, "Zen", "SkylakeX" },
    { "Zen 5, taken for a Barcelona", AVX512 | NN_CPU_AMD, "Barcelona", "SkylakeX" },
    { "Zen 3, taken for a Barcelona", AVX2 | NN_CPU_AMD, "Barcelona", "Zen" },
    { "Sandy Bridge, taken for the oldest", NN_CPU_AVX, "Prescott", "Sandybridge" },
    { "AVX2 without FMA3, as some virtual machines", NN_CPU_AVX | NN_CPU_AVX2, "Prescott",
      "Sandybridge" },
    { "a Prescott", 0, "Prescott", NULL },
    { "Nehalem", 0, "Nehalem", NULL },
    { "Sandy Bridge", NN_CPU_AVX, "Sandybridge", NULL },
    { "Piledriver", NN_CPU_AVX | NN_CPU_FMA3 | NN_CPU_AMD, "Piledriver", NULL },
    { "Excavator", AVX2 | NN_CPU_AMD, "Excavator", NULL },
    { "Haswell", AVX2, "Haswell", NULL },
    { "Zen 3", AVX2 | NN_CPU_AMD, "Zen", NULL },
    { "Zen 3 with Haswell's kernels", AVX2 | NN_CPU_AMD, "Haswell", NULL },
    { "Skylake-X", AVX512, "SkylakeX", NULL },
    { "Zen 4 with a newer OpenBLAS", AVX512 | NN_CPU_AMD, "Cooperlake", NULL },
    { "Sapphire Rapids with a newer OpenBLAS", AVX512, "SapphireRapids", NULL },
    { "more than the processor has, as the user asked", 0, "Haswell", NULL },
    { "a name of a release to come", AVX512, "DiamondRapids", NULL },
    { "aarch64", 0, "neoversen1", NULL },
    { "aarch64, unknown", 0, "armv8", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].processor);
      g_assert_cmpstr (nn_blas_kernels_wanted (cases[i].features, cases[i].chosen), ==,
                       cases[i].wanted);
    }
}

/* Against what Linux says of this processor. */
static void
test_features (void)
{
  static const struct
  {
    const char *flag;
    NnCpuFeatures feature;
  } flags[] = { { "avx", NN_CPU_AVX },
                { "avx2", NN_CPU_AVX2 },
                { "fma", NN_CPU_FMA3 },
                { "avx512vl", NN_CPU_AVX512 } };
  const NnCpuFeatures features = nn_cpu_features ();
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  char *line;

  if (!g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL))
    {
      g_test_skip ("there is no /proc/cpuinfo");
      return;
    }
  /* Of the vendor, not of a flag such as sse4a, which a virtual machine may hide. */
  g_assert_cmpint ((features & NN_CPU_AMD) != 0, ==, strstr (text, "AuthenticAMD") != NULL);
  line = strstr (text, "\nflags");
  if (line == NULL)
    {
      g_assert_cmpint (features, ==, 0);
      return;
    }
  line++;
  line[strcspn (line, "\n")] = 0;
  words = g_strsplit (line, " ", -1);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_test_message ("%s", flags[i].flag);
      g_assert_cmpint ((features & flags[i].feature) != 0, ==,
                       g_strv_contains ((const char *const *) words, flags[i].flag));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/blas-kernels/wanted", test_wanted);
  g_test_add_func ("/core/blas-kernels/features", test_features);
  return g_test_run ();
}
