/* Stands before the C library: fsync that fails or is slow, and a wall clock that is set wrong.
 *
 * TROUBLE_FILE names a file; while its first byte is 'E' every fsync fails with EIO, while it is 'S' each takes 5 ms
 * longer. TROUBLE_CLOCK_S is added to the wall clock (seconds). Both are read again and again. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int trouble(void)
{
    const char *name = getenv("TROUBLE_FILE");
    char mode = 0;
    int file = name ? open(name, O_RDONLY | O_CLOEXEC) : -1;

    if (file >= 0) {
        if (read(file, &mode, 1) != 1)
            mode = 0;
        close(file);
    }
    if (mode == 'S') {
        struct timespec pause = {0, 5000000};
        nanosleep(&pause, NULL);
    }
    return mode == 'E';
}

static int synced(const char *name, int file)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);

    if (trouble()) {
        errno = EIO;
        return -1;
    }
    return real(file);
}

int fsync(int file) { return synced("fsync", file); }

int fdatasync(int file) { return synced("fdatasync", file); }

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static int (*real)(clockid_t, struct timespec *);
    const char *shift = getenv("TROUBLE_CLOCK_S");
    int result;

    if (!real)
        real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    result = real(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME && shift)
        now->tv_sec += atol(shift);
    return result;
}
