package org.experimaestro.runtime.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries of the process. A JVM loads one for the classes of one loader only, so classes that are new for each
 * task can load theirs in one task of a process. Libraries that shared classes have loaded serve all tasks.
 */
final class NativeLibraries {
    private static final Path MAPS = Path.of("/proc/self/maps");

    /** Names of methods in the constants of class files: {@code System.loadLibrary}, and that of Runtime. */
    private static final byte[] LOAD_LIBRARY = "loadLibrary".getBytes(StandardCharsets.ISO_8859_1);

    /** The method {@code SymbolLookup.libraryLookup}, whose library stays as long as its arena. */
    private static final byte[] LIBRARY_LOOKUP = "libraryLookup".getBytes(StandardCharsets.ISO_8859_1);

    private static final byte[] SYSTEM = "java/lang/System".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] RUNTIME = "java/lang/Runtime".getBytes(StandardCharsets.ISO_8859_1);

    /** The constant of the name {@code load}: its tag and its length come before it (JVM Specification 4.4.7). */
    private static final byte[] LOAD = {1, 0, 4, 'l', 'o', 'a', 'd'};

    private static final String ELSEWHERE = "already loaded in another classloader";

    private static final int DEEPEST_CAUSE = 100;

    private final String java;
    private final @Nullable Set<String> atStart;

    /** Looks at the libraries that the process has now. */
    NativeLibraries() {
        this.java = System.getProperty("java.home") + "/";
        this.atStart = read();
    }

    private @Nullable Set<String> read() {
        try {
            return of(new String(Files.readAllBytes(MAPS), StandardCharsets.UTF_8), java);
        } catch (IOException otherSystem) {
            return null;
        }
    }

    /** Returns whether libraries were loaded since the start that are not Java's; true if the system does not show them. */
    boolean hasOthers() {
        Set<String> now = read();
        return atStart == null || now == null || !atStart.containsAll(now);
    }

    /**
     * Returns the libraries in a text.
     *
     * @param maps the lines of {@code /proc/pid/maps}: the sixth field is a path, which may have spaces (proc(5))
     * @param java the beginning of the paths of Java's own libraries, which are left out
     */
    static Set<String> of(String maps, String java) {
        Set<String> found = new HashSet<>();
        int start = 0;
        while (start < maps.length()) {
            int end = maps.indexOf('\n', start);
            end = end < 0 ? maps.length() : end;
            int path = maps.indexOf('/', start);
            if (path >= 0 && path < end) {
                String file = maps.substring(path, end);
                if (isLibrary(file) && !file.startsWith(java)) {
                    found.add(file);
                }
            }
            start = end + 1;
        }
        return found;
    }

    /** Returns whether a path is that of a library, such as {@code libz.so.1.2} or one that was deleted after it was loaded. */
    private static boolean isLibrary(String file) {
        int name = file.lastIndexOf('/');
        return file.endsWith(".so") || file.indexOf(".so.", name) > 0 || file.indexOf(".so ", name) > 0;
    }

    /** Returns whether the code of a class loads native libraries by itself, by the names in its constants. */
    static boolean isLoadedBy(byte[] classFile) {
        return ClassText.has(classFile, LOAD_LIBRARY)
                || ClassText.has(classFile, LIBRARY_LOOKUP)
                || ClassText.has(classFile, LOAD)
                        && (ClassText.has(classFile, SYSTEM) || ClassText.has(classFile, RUNTIME));
    }

    /** Returns whether something was thrown because another task of this process has loaded the same library. */
    static boolean isElsewhere(Throwable thrown) {
        Throwable each = thrown;
        for (int depth = 0; each != null && depth < DEEPEST_CAUSE; depth++) {
            if (each instanceof UnsatisfiedLinkError
                    && String.valueOf(each.getMessage()).contains(ELSEWHERE)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }
}
