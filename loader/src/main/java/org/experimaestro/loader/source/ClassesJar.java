package org.experimaestro.loader.source;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A packer of a folder into a jar whose bytes depend only on the folder's names and contents. Its entries are sorted,
 * with one fixed time. They are not compressed, because the bytes of a deflated entry depend on the machine's zlib.
 */
final class ClassesJar {
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ClassesJar() {}

    static void write(Path folder, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(file -> !file.equals(folder))
                    .sorted(Comparator.comparing(file -> entryName(folder, file)))
                    .toList();
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(jar));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Path file : files) {
                boolean isFolder = Files.isDirectory(file);
                byte[] content = isFolder ? new byte[0] : Files.readAllBytes(file);
                zip.putNextEntry(entry(entryName(folder, file) + (isFolder ? "/" : ""), content));
                zip.write(content);
                zip.closeEntry();
            }
        }
    }

    private static ZipEntry entry(String name, byte[] content) {
        var checksum = new CRC32();
        checksum.update(content);
        var entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        return entry;
    }

    private static String entryName(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }
}
