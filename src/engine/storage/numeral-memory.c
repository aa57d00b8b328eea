/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numeral-memory.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void
numeral_memory_trim (void)
{
#ifdef __GLIBC__
  malloc_trim (0);
#endif
}
