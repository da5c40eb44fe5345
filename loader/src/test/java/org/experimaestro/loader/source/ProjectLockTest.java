package org.experimaestro.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLockTest {
    @TempDir
    Path folder;

    @Test
    void acquire_heldByAnotherThread_tellsAndWaits() throws Exception {
        var waiting = new CountDownLatch(1);
        try (var threads = Executors.newSingleThreadExecutor()) {
            var held = ProjectLock.acquire(folder, () -> {});
            var second = threads.submit(() -> ProjectLock.acquire(folder, waiting::countDown));
            waiting.await();
            assertThatThrownBy(() -> second.get(0, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            held.close();
            assertThat(second.get(2, TimeUnit.MINUTES)).isNotNull();
            threads.submit(() -> close(second)).get();
        }
    }

    @Test
    void acquire_heldByAnotherProcess_tellsAndWaits() throws Exception {
        Path lock = folder.resolve("lock");
        Files.createFile(lock);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path holder = Files.writeString(folder.resolve("Holder.java"), """
                import java.nio.channels.FileChannel;
                import java.nio.file.*;
                void main(String[] arguments) throws Exception {
                  try (var channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                    channel.lock();
                    System.out.println("held");
                    System.in.read();
                  }
                }
                """);
        Process process = new ProcessBuilder(java, holder.toString(), lock.toString()).start();
        try (var output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("held");
            var told = new CountDownLatch(1);

            try (var second = ProjectLock.acquire(folder, () -> {
                told.countDown();
                release(process);
            })) {
                assertThat(second).isNotNull();
            }

            assertThat(told.getCount()).isZero();
        } finally {
            process.destroy();
        }
    }

    private static void release(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Void close(Future<ProjectLock> lock) throws IOException, InterruptedException, ExecutionException {
        lock.get().close();
        return null;
    }
}
