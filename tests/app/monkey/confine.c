/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "confine.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__linux__) && __has_include(<linux/landlock.h>) && defined(SYS_landlock_create_ruleset)
#include <linux/landlock.h>

/* Rights that the headers of Debian 12 do not know, with the version of the interface that has
 * them. */
#define ACCESS_FS_REFER (1ULL << 13)       /* 2 */
#define ACCESS_FS_TRUNCATE (1ULL << 14)    /* 3 */
#define ACCESS_NET_BIND_TCP (1ULL << 0)    /* 4 */
#define ACCESS_NET_CONNECT_TCP (1ULL << 1) /* 4 */

/* struct landlock_ruleset_attr of version 4. */
typedef struct
{
  guint64 fs, net;
} Ruleset;

/* Everything but reading. */
static guint64
get_writes (long version)
{
  guint64 writes = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                   LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

  if (version >= 2)
    writes |= ACCESS_FS_REFER;
  if (version >= 3)
    writes |= ACCESS_FS_TRUNCATE;
  return writes;
}

static gboolean
allow (int ruleset, const char *path, guint64 rights)
{
  struct landlock_path_beneath_attr rule = { .allowed_access = rights,
                                             .parent_fd = open (path, O_PATH | O_CLOEXEC) };
  gboolean allowed;

  if (rule.parent_fd < 0)
    return FALSE;
  allowed = syscall (SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
  close (rule.parent_fd);
  return allowed;
}

gboolean
confine (const char *folder)
{
  const long version =
      syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  const guint64 writes = get_writes (version);
  const Ruleset all = { .fs = writes | LANDLOCK_ACCESS_FS_EXECUTE,
                        .net = ACCESS_NET_BIND_TCP | ACCESS_NET_CONNECT_TCP };
  gboolean confined;
  int ruleset;

  /* Before version 2 no file could be renamed from one folder to another. */
  if (version < 2)
    return FALSE;
  ruleset = (int) syscall (SYS_landlock_create_ruleset, &all,
                           version >= 4 ? sizeof all : sizeof all.fs, 0);
  confined = ruleset >= 0 && allow (ruleset, folder, writes) &&
             allow (ruleset, "/dev/null", LANDLOCK_ACCESS_FS_WRITE_FILE) &&
             prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
             syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  if (ruleset >= 0)
    close (ruleset);
  return confined;
}
#else
gboolean
confine (const char *folder)
{
  return FALSE;
}
#endif
