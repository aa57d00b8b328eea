/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "model.h"

/* An ONNX file. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_model (data, size, "input.onnx");
  return 0;
}
