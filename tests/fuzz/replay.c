/* Runs a fuzz target over every file in the folders given, where there is no libFuzzer to do it. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PATH_LIMIT = 4096 };

static void fail(const char *path)
{
    perror(path);
    exit(EXIT_FAILURE);
}

/* The copy is exactly as large as the input, so that a sanitizer sees a read past its end. */
static void run_file(const char *path, size_t size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (file == NULL || data == NULL || fread(data, 1, size, file) != size)
        fail(path);
    fclose(file);
    LLVMFuzzerTestOneInput(data, size);
    free(data);
}

static unsigned long run_path(const char *path);

static unsigned long run_folder(const char *path)
{
    unsigned long count = 0;
    struct dirent *entry;
    DIR *folder = opendir(path);
    if (folder == NULL)
        fail(path);
    while ((entry = readdir(folder)) != NULL) {
        char inner[PATH_LIMIT];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        count += run_path(inner);
    }
    closedir(folder);
    return count;
}

static unsigned long run_path(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        fail(path);
    if (S_ISDIR(about.st_mode))
        return run_folder(path);
    run_file(path, (size_t)about.st_size);
    return 1;
}

int main(int argc, char **argv)
{
    unsigned long count = 0;
    for (int i = 1; i < argc; i++)
        count += run_path(argv[i]);
    printf("%lu files\n", count);
    return EXIT_SUCCESS;
}
