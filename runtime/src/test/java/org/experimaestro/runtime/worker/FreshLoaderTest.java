package org.experimaestro.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.model.type.Defaults;
import org.experimaestro.model.type.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loader of a task, and the question whether the next task needs another one. */
class FreshLoaderTest {
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    Path folder;

    @ConfigType("fresh.plain")
    record Plain(@Default("3") int number) implements Configurable {
        static final int CONSTANT = 3;
    }

    static final class Counting {
        static int count;

        private Counting() {}
    }

    static final class Initialized {
        static final List<String> LIST = List.of("x");

        private Initialized() {}
    }

    enum Colour {
        RED,
        BLUE;

        final int number = 3;
    }

    @SuppressWarnings("ImmutableEnumChecker") // it is the subject
    enum Changing {
        ONE;

        int number;
    }

    enum Weighted {
        LIGHT(1, "l"),
        HEAVY(1_000_000L, "h");

        static final int KINDS = 2;

        final long grams;
        final String letter;

        Weighted(long grams, String letter) {
            this.grams = 2 * grams;
            this.letter = letter;
        }
    }

    enum Timed {
        ONE;

        final long start = System.nanoTime();
    }

    enum Counted {
        ONE;

        static final long START = System.nanoTime();
    }

    enum Telling {
        ONE;

        Telling() {
            System.setProperty("fresh.told", "yes");
        }
    }

    static final class Timing {
        static final long START = System.nanoTime();

        private Timing() {}
    }

    static final class Hooking {
        private Hooking() {}

        static void hook(Thread hook) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    static final class Loading {
        private Loading() {}

        static void load() {
            System.loadLibrary("nothing");
        }
    }

    @Test
    void loadClass_classOfTheJars_isNewInEachLoader() throws Exception {
        try (FreshClasses fresh = fresh()) {
            FreshLoader first = loader(fresh);
            FreshLoader second = loader(fresh);
            Class<?> counting = first.loadClass(Counting.class.getName());
            assertThat(counting).isNotEqualTo(Counting.class).isEqualTo(first.loadClass(Counting.class.getName()));
            assertThat(counting).isNotEqualTo(second.loadClass(Counting.class.getName()));
            assertThat(counting.getPackage().getImplementationTitle()).isEqualTo("tasks");
            assertThat(counting.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toString())
                    .endsWith("/tasks.jar");
            assertThat(first.loadClass(TypeDescriptor.class.getName())).isEqualTo(TypeDescriptor.class);
        }
    }

    @Test
    void getResource_fileOfTheJars_comesFirst() throws Exception {
        try (FreshClasses fresh = fresh()) {
            FreshLoader loader = loader(fresh);
            String name = Plain.class.getName().replace('.', '/') + ".class";
            assertThat(String.valueOf(loader.getResource(name))).contains("tasks.jar!");
            assertThat(loader.getResources(name).hasMoreElements()).isTrue();
            try (InputStream in = loader.getResourceAsStream(name)) {
                assertThat(in.readAllBytes()).isNotEmpty();
            }
            String other = TypeDescriptor.class.getName().replace('.', '/') + ".class";
            try (InputStream in = loader.getResourceAsStream(other)) {
                assertThat(in.readAllBytes()).isNotEmpty();
            }
            assertThat(loader.getResource("nothing.txt")).isNull();
        }
    }

    @Test
    void hasState_classes_isByTheirStaticFieldsAndInitializers() throws Exception {
        try (FreshClasses fresh = fresh()) {
            assertThat(hasState(fresh, Plain.class)).isFalse();
            assertThat(hasState(fresh, Colour.class)).isFalse();
            assertThat(hasState(fresh, Loading.class)).isFalse();
            assertThat(hasState(fresh, Counting.class)).isTrue();
            assertThat(hasState(fresh, Initialized.class)).isTrue();
            assertThat(hasState(fresh, Changing.class)).isTrue();
            assertThat(hasState(fresh, Weighted.class)).isFalse();
            assertThat(hasState(fresh, Timed.class)).isTrue();
            assertThat(hasState(fresh, Counted.class)).isTrue();
            assertThat(hasState(fresh, Telling.class)).isTrue();
            assertThat(hasState(fresh, Timing.class)).isTrue();
            assertThat(StaticState.isIn(new byte[] {1, 2, 3, 4})).isTrue();
        }
    }

    private static boolean hasState(FreshClasses fresh, Class<?> type) throws Exception {
        FreshLoader loader = loader(fresh);
        loader.loadClass(type.getName());
        return loader.hasState();
    }

    @Test
    void loadsNative_codeThatLoadsALibrary_isFound() throws Exception {
        try (FreshClasses fresh = fresh()) {
            FreshLoader loader = loader(fresh);
            loader.loadClass(Plain.class.getName());
            assertThat(loader.loadsNative()).isFalse();
            loader.loadClass(Loading.class.getName());
            assertThat(loader.loadsNative()).isTrue();
        }
    }

    @Test
    void addsHooks_codeThatAddsOne_isFound() throws Exception {
        try (FreshClasses fresh = fresh()) {
            FreshLoader loader = loader(fresh);
            loader.loadClass(Loading.class.getName());
            assertThat(loader.addsHooks()).isFalse();
            loader.loadClass(Hooking.class.getName());
            assertThat(loader.addsHooks()).isTrue();
        }
    }

    @Test
    void find_dumpOfThreads_namesTheVirtualOne() {
        assertThat(VirtualThreads.find("12\n#1 \"a \\\" b\" RUNNABLE\n  #2 \"x\" virtual\n"))
                .isNull();
        assertThat(VirtualThreads.find("#1 \"a\"\n#2 \"\" virtual\n")).isEqualTo("a virtual one");
        assertThat(VirtualThreads.find("#1 \"a\"\n#2 \"x y\" virtual WAITING")).isEqualTo("a virtual one, x y");
    }

    @Test
    void loader_whoseTypesWereUsed_isCollected() throws Exception {
        try (FreshClasses fresh = fresh()) {
            WeakReference<ClassLoader> loader = used(fresh);
            long end = System.nanoTime() + LIMIT_NANOS;
            while (loader.get() != null && System.nanoTime() < end) {
                System.gc();
            }
            assertThat(loader.get()).isNull();
        }
    }

    /** Describes a type, as a task does, and keeps nothing of it. */
    private static WeakReference<ClassLoader> used(FreshClasses fresh) throws Exception {
        FreshLoader loader = loader(fresh);
        Class<?> plain = loader.loadClass(Plain.class.getName());
        TypeDescriptor<?> type = TypeDescriptors.of(plain);
        assertThat(TypeDescriptors.of(plain)).isSameAs(type);
        assertThat(Defaults.of(type)).isSameAs(Defaults.of(type));
        assertThat(Defaults.of(type).bound(0)).isEqualTo(3);
        return new WeakReference<>(loader);
    }

    @Test
    void libraries_inTheTextOfMaps_areThoseOfOthers() {
        String maps = """
                7f1 r-xp 00000000 08:01 11 /opt/jdk/lib/libnet.so
                7f2 r-xp 00000000 08:01 12 /usr/lib/libz.so.1.2
                7f3 rw-p 00000000 00:00 0 [heap]
                7f4 r--p 00000000 08:01 13 /tmp/a b/libmine.so (deleted)
                7f5 r--p 00000000 08:01 14 /work/x.jar
                7f6 r--p 00000000 08:01 15 /tmp/a.so.d/file""";
        assertThat(NativeLibraries.of(maps, "/opt/jdk/"))
                .containsExactlyInAnyOrder("/usr/lib/libz.so.1.2", "/tmp/a b/libmine.so (deleted)");
    }

    @Test
    void isElsewhere_errorOfASecondLoader_isFoundBelowOthers() {
        Throwable error = new UnsatisfiedLinkError("Native Library /x.so already loaded in another classloader");
        assertThat(NativeLibraries.isElsewhere(new ExceptionInInitializerError(error)))
                .isTrue();
        assertThat(NativeLibraries.isElsewhere(new UnsatisfiedLinkError("no x in java.library.path")))
                .isFalse();
    }

    private static FreshLoader loader(FreshClasses fresh) {
        return new FreshLoader(fresh, FreshLoaderTest.class.getClassLoader());
    }

    private FreshClasses fresh() throws Exception {
        Path jar = folder.resolve("tasks.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            zip.write("Manifest-Version: 1.0\nImplementation-Title: tasks\n".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            List<Class<?>> types = new ArrayList<>(List.of(FreshLoaderTest.class.getDeclaredClasses()));
            types.add(FreshLoaderTest.class); // which nested classes look at when they are described
            for (Class<?> type : types) {
                String name = type.getName().replace('.', '/') + ".class";
                zip.putNextEntry(new ZipEntry(name));
                try (InputStream in = FreshLoaderTest.class.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(zip);
                }
                zip.closeEntry();
            }
        }
        return FreshClasses.open(List.of(jar, folder.resolve("missing.jar")));
    }
}
