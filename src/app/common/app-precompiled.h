/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What nearly every file of app includes, parsed once where scripts/test builds (-Db_pch=true).
 * Files include what they use all the same: ordinary builds do not read this.
 */
#include <adwaita.h>
