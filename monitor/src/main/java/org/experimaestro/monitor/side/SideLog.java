package org.experimaestro.monitor.side;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.LogFile;
import org.experimaestro.workspace.SideProcess;

/** The log of an action or a service, read as it grows. Confined to one thread. */
public final class SideLog {
    private static final int BUFFER_BYTES = 8192;

    private final SideProcess side;
    private long offset;

    /**
     * Creates a reader.
     *
     * @param side the process
     */
    public SideLog(SideProcess side) {
        this.side = side;
    }

    /**
     * Copies the log before the present one, and the present one.
     *
     * @param out receives the bytes
     * @throws WorkspaceException if they cannot be read
     */
    public void copyAll(OutputStream out) {
        copy(side.formerLog(), 0, out);
        copyRest(out);
    }

    /**
     * Copies what was added to the present log since the last call.
     *
     * @param out receives the bytes
     * @throws WorkspaceException if they cannot be read
     */
    public void copyRest(OutputStream out) {
        offset = copy(side.log(), offset, out);
    }

    private long copy(Path log, long from, OutputStream out) {
        try (SeekableByteChannel channel = LogFile.openRegular(log)) {
            channel.position(from);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            while (channel.read(buffer) >= 0) {
                out.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            out.flush();
            return channel.position();
        } catch (NoSuchFileException none) {
            return from;
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot show the log of the " + side.folder() + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }
}
