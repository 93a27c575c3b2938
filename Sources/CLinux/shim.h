// What glibc shows only under _GNU_SOURCE, which Swift's own Glibc module is built without.
#include <spawn.h>

extern int prctl(int option, ...);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/// PR_SET_PDEATHSIG with SIGKILL: 0 when it was set.
static inline int hw_die_with_parent(void) { return prctl(1, 9UL, 0UL, 0UL, 0UL); }

/// A file of memory without a name, gone with its descriptor.
extern int memfd_create(const char *name, unsigned int flags);
