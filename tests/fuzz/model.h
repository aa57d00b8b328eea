/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Reads a model file; @name: decides the format where the bytes do not. A model that is read can
 * also be written in every format, and is then the same. */
void fuzz_model (const uint8_t *data, size_t size, const char *name);
