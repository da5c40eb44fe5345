package org.experimaestro.exchange;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * A writer of an event file of TensorBoard: records with checksums, each an {@code Event} of {@code event.proto}.
 *
 * <p>Sources: TensorFlow, <i>TFRecord and tf.train.Example</i>, section <i>TFRecords format details</i>; the messages
 * {@code event.proto} and {@code summary.proto} of TensorFlow, and {@code plugin_data.proto} of TensorBoard's plugin
 * {@code hparams}.
 */
final class EventFile implements AutoCloseable {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;
    private static final String PARAMETERS_PLUGIN = "hparams";

    private final OutputStream out;

    /** Begins a file. */
    EventFile(OutputStream out, Instant time) throws IOException {
        this.out = out;
        record(event(time, 0).text(3, VERSION));
    }

    /** Adds a value of a series. */
    void scalar(Instant time, long step, String series, double value) throws IOException {
        ProtoMessage point = new ProtoMessage().text(1, series).number(2, (float) value);
        record(event(time, step).message(5, new ProtoMessage().message(1, point)));
    }

    /**
     * Adds data of the plugin that compares parameters.
     *
     * @param time the time of the event
     * @param name the name under which the plugin looks for the data
     * @param field the number of the member of {@code HParamsPluginData}
     * @param data the member
     */
    void parameters(Instant time, String name, int field, ProtoMessage data) throws IOException {
        ProtoMessage plugin = new ProtoMessage()
                .text(1, PARAMETERS_PLUGIN)
                .message(2, new ProtoMessage().integer(1, 0).message(field, data));
        // TensorBoard keeps no value without a tensor: an empty one, of the type DT_FLOAT.
        ProtoMessage tensor =
                new ProtoMessage().integer(1, 1).message(2, new ProtoMessage()).number(5, 0f);
        ProtoMessage value =
                new ProtoMessage().text(1, name).message(8, tensor).message(9, new ProtoMessage().message(1, plugin));
        record(event(time, 0).message(5, new ProtoMessage().message(1, value)));
    }

    private static ProtoMessage event(Instant time, long step) {
        ProtoMessage event = new ProtoMessage().number(1, time.getEpochSecond() + time.getNano() / 1e9);
        return step == 0 ? event : event.integer(2, step);
    }

    private void record(ProtoMessage event) throws IOException {
        byte[] data = event.toBytes();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(data.length)
                .array();
        out.write(length);
        out.write(checksum(length));
        out.write(data);
        out.write(checksum(data));
    }

    /** Returns the masked CRC32C of bytes: a plain one over data that has checksums itself could be always the same. */
    private static byte[] checksum(byte[] data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        int masked = Integer.rotateRight((int) crc.getValue(), 15) + MASK;
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .array();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
