/*
 * A file system that shows a folder as the client of a network file system may show it.
 *
 *   lying-files FOLDER PLACE SEED LIE...
 *
 * shows FOLDER at PLACE until it is ended. PLACE may be FOLDER itself. The lies are those of the class Lie, with the same names.
 * After SIGUSR1, it tells the truth. At its end, it prints how often it has lied.
 *
 * The kernel caches nothing (all its timeouts are 0), so that the caches below are the only ones. They follow nfs(5), "Data and
 * metadata coherence": a name that was missing stays missing, and attributes stay what they were, for some time; a folder that
 * is listed or changed by this client is looked at anew, and so is a file that it opens or changes (close-to-open).
 */
#define _GNU_SOURCE
#define FUSE_USE_VERSION 31
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

enum lie {
    LATE_NAMES,
    LATE_ATTRIBUTES,
    LOST_REPLIES,
    ERRORS,
    STALE_HANDLES,
    NO_LINKS,
    FOLDED_CASE,
    WHOLE_SECONDS,
    NO_ROOM,
    LIES
};

static const char *const names[LIES] = {
    "LATE_NAMES", "LATE_ATTRIBUTES", "LOST_REPLIES", "ERRORS",       "STALE_HANDLES",
    "NO_LINKS",   "FOLDED_CASE",     "WHOLE_SECONDS", "NO_ROOM",
};

/* The time for which the caches hold, in nanoseconds, and the parts of calls that fail, in thousandths. */
static const long long late = 1500000000LL;
static const int lost = 100, failing = 10, looking = 1, stale = 20;

static bool lies[LIES];
static volatile sig_atomic_t is_honest;
static int root;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned long long state;

static bool tells(enum lie lie)
{
    return lies[lie] && !is_honest;
}

static int told[LIES];

static void count(enum lie lie)
{
    __atomic_add_fetch(&told[lie], 1, __ATOMIC_RELAXED);
}

/* Returns whether something with a chance in thousandths happens: Marsaglia, "Xorshift RNGs", 2003, with a multiplication. */
static bool happens(int thousandths)
{
    pthread_mutex_lock(&lock);
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    unsigned long long number = (state * 2685821657736338717ULL) >> 33;
    pthread_mutex_unlock(&lock);
    return number % 1000 < (unsigned) thousandths;
}

static long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* What this client remembers of a path. Entries are never freed: a test has thousands of paths. */
struct memory {
    struct memory *next;
    long long missing;       /* when it was found missing, or 0 */
    long long told;          /* when its attributes were told, or 0 */
    unsigned long folder;    /* the number of looks at its folder then */
    unsigned long looks;     /* of a folder, how often it was listed or changed */
    struct stat attributes;
    char path[];
};

#define BUCKETS 8192
static struct memory *buckets[BUCKETS];

/* The lock must be held. */
static struct memory *remember(const char *path)
{
    unsigned hash = 2166136261u;
    for (const char *c = path; *c; c++)
        hash = (hash ^ (unsigned char) *c) * 16777619u;
    struct memory **place = &buckets[hash % BUCKETS];
    while (*place && strcmp((*place)->path, path) != 0)
        place = &(*place)->next;
    if (!*place) {
        *place = calloc(1, sizeof(struct memory) + strlen(path) + 1);
        if (!*place)
            abort();
        strcpy((*place)->path, path);
    }
    return *place;
}

static struct memory *remember_folder(const char *path)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    folder[slash == folder ? 1 : slash - folder] = '\0';
    return remember(folder);
}

static void opened(const char *path)
{
    pthread_mutex_lock(&lock);
    remember(path)->told = 0;
    pthread_mutex_unlock(&lock);
}

static void listed(const char *path)
{
    pthread_mutex_lock(&lock);
    remember(path)->looks++;
    pthread_mutex_unlock(&lock);
}

/* The server tells with each change how the folder was before it, and after it (RFC 1813, 2.6: wcc_data). */
static void changed(const char *path)
{
    pthread_mutex_lock(&lock);
    struct memory *folder = remember_folder(path);
    folder->looks++;
    folder->told = 0;
    struct memory *file = remember(path);
    file->told = 0;
    file->missing = 0;
    pthread_mutex_unlock(&lock);
}

/* The path relative to the root. */
static const char *place(const char *path, char *buffer)
{
    if (path[1] == '\0')
        return ".";
    snprintf(buffer, PATH_MAX, "%s", path + 1);
    if (lies[FOLDED_CASE]) { /* also when it is honest: the names on the disk are small */
        for (char *c = buffer; *c; c++)
            *c = tolower((unsigned char) *c);
        count(FOLDED_CASE);
    }
    return buffer;
}

#define PLACE(path) place(path, (char[PATH_MAX]) {0})

/* A plan that cannot copy its class path, or write its record, ends before it has any job. */
static bool may_fail(const char *path)
{
    return !strncmp(path, "/jobs/", 6) || !strncmp(path, "/batches/", 9);
}

static int failure(const char *path, int thousandths)
{
    if (!may_fail(path) || !tells(ERRORS) || !happens(thousandths))
        return 0;
    count(ERRORS);
    return EIO;
}

/* The answer to a change that was made, unless its reply is lost: then the same request comes again. */
static int reply(int code, int again)
{
    if (code != 0 || !tells(LOST_REPLIES) || !happens(lost))
        return code;
    count(LOST_REPLIES);
    return -again;
}

static int answer(int code)
{
    return code == -1 ? -errno : 0;
}

static int liar_getattr(const char *path, struct stat *out, struct fuse_file_info *file)
{
    if (file) {
        int code = answer(fstat((int) file->fh, out));
        if (tells(WHOLE_SECONDS))
            out->st_mtim.tv_nsec = out->st_ctim.tv_nsec = out->st_atim.tv_nsec = 0;
        return code;
    }
    int failed = failure(path, looking);
    if (failed)
        return -failed;
    pthread_mutex_lock(&lock);
    struct memory *known = remember(path);
    unsigned long looks = remember_folder(path)->looks;
    bool is_missing = tells(LATE_NAMES) && known->missing && now() - known->missing < late && known->folder == looks;
    bool is_kept = !is_missing && tells(LATE_ATTRIBUTES) && known->told && now() - known->told < late;
    if (is_kept)
        *out = known->attributes;
    pthread_mutex_unlock(&lock);
    struct stat truth;
    int code = answer(fstatat(root, PLACE(path), &truth, AT_SYMLINK_NOFOLLOW));
    if (is_missing) {
        if (code == 0)
            count(LATE_NAMES);
        return -ENOENT;
    }
    if (is_kept) { /* also if another client has deleted the file */
        if (code != 0 || truth.st_mtim.tv_sec != out->st_mtim.tv_sec || truth.st_size != out->st_size)
            count(LATE_ATTRIBUTES);
        return 0;
    }
    if (code == 0)
        *out = truth;
    if (code == 0 && tells(WHOLE_SECONDS)) {
        out->st_mtim.tv_nsec = out->st_ctim.tv_nsec = out->st_atim.tv_nsec = 0;
        count(WHOLE_SECONDS);
    }
    pthread_mutex_lock(&lock);
    if (code == 0) {
        known->missing = 0;
        known->told = now();
        known->attributes = *out;
    } else if (code == -ENOENT) {
        known->told = 0;
        known->missing = now();
        known->folder = looks;
    }
    pthread_mutex_unlock(&lock);
    return code;
}

static int liar_readlink(const char *path, char *buffer, size_t size)
{
    ssize_t length = readlinkat(root, PLACE(path), buffer, size - 1);
    if (length == -1)
        return -errno;
    buffer[length] = '\0';
    return 0;
}

static int liar_mkdir(const char *path, mode_t mode)
{
    int failed = failure(path, failing);
    if (failed)
        return -failed;
    int code = answer(mkdirat(root, PLACE(path), mode));
    changed(path);
    return reply(code, EEXIST);
}

static int liar_symlink(const char *target, const char *path)
{
    int code = answer(symlinkat(target, root, PLACE(path)));
    changed(path);
    return reply(code, EEXIST);
}

static int liar_unlink(const char *path)
{
    int failed = failure(path, failing);
    if (failed)
        return -failed;
    int code = answer(unlinkat(root, PLACE(path), 0));
    changed(path);
    return reply(code, ENOENT);
}

static int liar_rmdir(const char *path)
{
    int failed = failure(path, failing);
    if (failed)
        return -failed;
    int code = answer(unlinkat(root, PLACE(path), AT_REMOVEDIR));
    changed(path);
    return reply(code, ENOENT);
}

static int liar_rename(const char *from, const char *to, unsigned flags)
{
    if (flags) /* NFS has none of them */
        return -EINVAL;
    int failed = failure(from, failing);
    if (failed)
        return -failed;
    int code = answer(renameat(root, PLACE(from), root, PLACE(to)));
    changed(from);
    changed(to);
    return reply(code, ENOENT);
}

static int liar_link(const char *from, const char *to)
{
    if (tells(NO_LINKS)) {
        count(NO_LINKS);
        return -EPERM;
    }
    int failed = failure(to, failing);
    if (failed)
        return -failed;
    int code = answer(linkat(root, PLACE(from), root, PLACE(to), 0));
    changed(to);
    opened(from); /* its number of links */
    return reply(code, EEXIST);
}

static int liar_chmod(const char *path, mode_t mode, struct fuse_file_info *file)
{
    int code = answer(file ? fchmod((int) file->fh, mode) : fchmodat(root, PLACE(path), mode, 0));
    opened(path);
    return code;
}

static int liar_chown(const char *path, uid_t user, gid_t group, struct fuse_file_info *file)
{
    int code = answer(file ? fchown((int) file->fh, user, group)
                           : fchownat(root, PLACE(path), user, group, AT_SYMLINK_NOFOLLOW));
    opened(path);
    return code;
}

static int liar_truncate(const char *path, off_t size, struct fuse_file_info *file)
{
    int code;
    if (file) {
        code = answer(ftruncate((int) file->fh, size));
    } else {
        int descriptor = openat(root, PLACE(path), O_WRONLY | O_CLOEXEC);
        code = descriptor == -1 ? -errno : answer(ftruncate(descriptor, size));
        if (descriptor != -1)
            close(descriptor);
    }
    opened(path);
    return code;
}

static int liar_utimens(const char *path, const struct timespec times[2], struct fuse_file_info *file)
{
    int code = answer(file ? futimens((int) file->fh, times)
                           : utimensat(root, PLACE(path), times, AT_SYMLINK_NOFOLLOW));
    opened(path);
    return code;
}

static int open_at(const char *path, int flags, mode_t mode, struct fuse_file_info *file)
{
    int failed = failure(path, failing);
    if (failed)
        return -failed;
    if (may_fail(path) && tells(STALE_HANDLES) && !(flags & O_CREAT) && happens(stale)) {
        count(STALE_HANDLES);
        return -ESTALE;
    }
    int descriptor = openat(root, PLACE(path), flags | O_CLOEXEC, mode);
    if (descriptor == -1)
        return -errno;
    file->fh = (uint64_t) descriptor;
    file->direct_io = 1; /* the size that is told may be an old one */
    return 0;
}

static int liar_create(const char *path, mode_t mode, struct fuse_file_info *file)
{
    int code = open_at(path, file->flags | O_CREAT, mode, file);
    changed(path);
    return code;
}

static int liar_open(const char *path, struct fuse_file_info *file)
{
    int code = open_at(path, file->flags, 0, file);
    opened(path);
    return code;
}

static int liar_read(const char *path, char *buffer, size_t size, off_t offset, struct fuse_file_info *file)
{
    int failed = failure(path, looking);
    if (failed)
        return -failed;
    ssize_t count = pread((int) file->fh, buffer, size, offset);
    return count == -1 ? -errno : (int) count;
}

static int liar_write(const char *path, const char *buffer, size_t size, off_t offset, struct fuse_file_info *file)
{
    int failed = failure(path, failing);
    if (failed)
        return -failed;
    if (may_fail(path) && tells(NO_ROOM) && happens(stale)) {
        count(NO_ROOM);
        return -ENOSPC;
    }
    ssize_t count = pwrite((int) file->fh, buffer, size, offset);
    opened(path);
    return count == -1 ? -errno : (int) count;
}

static int liar_statfs(const char *path, struct statvfs *out)
{
    (void) path;
    return answer(fstatvfs(root, out));
}

static int liar_release(const char *path, struct fuse_file_info *file)
{
    (void) path;
    close((int) file->fh);
    return 0;
}

static int liar_fsync(const char *path, int data, struct fuse_file_info *file)
{
    int failed = failure(path, failing);
    if (failed)
        return -failed;
    return answer(data ? fdatasync((int) file->fh) : fsync((int) file->fh));
}

static int liar_readdir(
    const char *path, void *out, fuse_fill_dir_t fill, off_t offset, struct fuse_file_info *file,
    enum fuse_readdir_flags flags)
{
    (void) offset;
    (void) file;
    (void) flags;
    int failed = failure(path, failing);
    if (failed)
        return -failed;
    int descriptor = openat(root, PLACE(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = descriptor == -1 ? NULL : fdopendir(descriptor);
    if (!folder) {
        int code = -errno;
        if (descriptor != -1)
            close(descriptor);
        return code;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct stat kind = {.st_ino = entry->d_ino, .st_mode = (mode_t) entry->d_type << 12};
        if (fill(out, entry->d_name, &kind, 0, 0))
            break;
    }
    closedir(folder);
    listed(path);
    return 0;
}

static void *liar_init(struct fuse_conn_info *connection, struct fuse_config *config)
{
    (void) connection;
    config->use_ino = 1; /* a file has one number on all hosts */
    config->entry_timeout = 0;
    config->attr_timeout = 0;
    config->negative_timeout = 0;
    return NULL;
}

static const struct fuse_operations operations = {
    .init = liar_init,
    .getattr = liar_getattr,
    .readlink = liar_readlink,
    .mkdir = liar_mkdir,
    .symlink = liar_symlink,
    .unlink = liar_unlink,
    .rmdir = liar_rmdir,
    .rename = liar_rename,
    .link = liar_link,
    .chmod = liar_chmod,
    .chown = liar_chown,
    .truncate = liar_truncate,
    .utimens = liar_utimens,
    .create = liar_create,
    .open = liar_open,
    .read = liar_read,
    .write = liar_write,
    .statfs = liar_statfs,
    .release = liar_release,
    .fsync = liar_fsync,
    .readdir = liar_readdir,
};

static void be_honest(int signal)
{
    (void) signal;
    is_honest = 1;
}

int main(int count, char **words)
{
    if (count < 4) {
        fprintf(stderr, "usage: lying-files FOLDER PLACE SEED LIE...\n");
        return 2;
    }
    state = strtoull(words[3], NULL, 10) * 1000003 + 88172645463325252ULL;
    for (int i = 4; i < count; i++) {
        int lie = 0;
        while (lie < LIES && strcmp(names[lie], words[i]) != 0)
            lie++;
        if (lie == LIES) {
            fprintf(stderr, "unknown lie %s\n", words[i]);
            return 2;
        }
        lies[lie] = true;
    }
    root = open(words[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (root == -1) {
        perror(words[1]);
        return 1;
    }
    umask(0);
    signal(SIGUSR1, be_honest);
    char *arguments[] = {words[0], "-f", words[2], NULL};
    int code = fuse_main(3, arguments, &operations, NULL);
    for (int lie = 0; lie < LIES; lie++)
        if (lies[lie])
            printf("%s %d\n", names[lie], told[lie]);
    return code;
}
