/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ink-error.h"

G_DEFINE_QUARK (ink - error - quark, ink_error)
