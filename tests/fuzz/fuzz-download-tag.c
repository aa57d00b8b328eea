/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <string.h>

#include "numeral-download-part.h"

/* The ETag of a server, which goes into a later request, and the file that keeps it. */

#define URL "https://example.org/file"

static const NumeralDownloadFile file = {
  .name = "file",
  .size = 64,
  .sha256 = "0000000000000000000000000000000000000000000000000000000000000000",
};

static void
check_tag (const NumeralDownloadPart *part)
{
  const char *tag = numeral_download_part_get_tag (part, URL);

  for (gsize i = 0; tag != NULL && tag[i] != '\0'; i++)
    g_assert_true (g_ascii_isgraph (tag[i]));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup (size > 0 ? (const char *) data : "", size);
  g_autoptr (NumeralDownloadPart) part = NULL;
  g_autoptr (GError) error = NULL;

  fuzz_write ("file.part", "a", 1);
  fuzz_write ("file.part.tag", data, size);
  part = numeral_download_part_open (fuzz_folder (), &file, NULL, &error);
  g_assert_no_error (error);
  check_tag (part);
  numeral_download_part_restart (part, URL, text, &error);
  g_assert_no_error (error);
  check_tag (part);
  return 0;
}
