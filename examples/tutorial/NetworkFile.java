import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file of a network. All numbers are big-endian:
 *
 * <ol>
 *   <li>the four bytes {@code MLPN}, and an int: the version of the format, 1
 *   <li>an int: how many sizes follow; then the sizes, an int each, from the features to the classes
 *   <li>the weights, a double each, in the order of {@link Network#weights()}
 * </ol>
 */
final class NetworkFile {

    private static final int MAGIC = 0x4D4C504E;
    private static final int VERSION = 1;

    private NetworkFile() {}

    /**
     * Writes a network, over the file that was there, if any.
     *
     * @throws IOException if the file cannot be written
     */
    static void write(Network network, Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(network.sizes().length);
            for (int size : network.sizes()) {
                out.writeInt(size);
            }
            for (double weight : network.weights()) {
                out.writeDouble(weight);
            }
        }
    }

    /**
     * Reads a network.
     *
     * @throws IOException if the file cannot be read, is cut short, or is not a network of this version
     */
    static Network read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                throw new IOException(
                        "Cannot read " + file + ": it is not a network in version " + VERSION + " of the format.");
            }
            int[] sizes = new int[in.readInt()];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = in.readInt();
            }
            double[] weights = new double[Network.weightCount(sizes)];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = in.readDouble();
            }
            return new Network(sizes, weights);
        } catch (EOFException e) {
            throw new IOException("Cannot read " + file + ": it ends too early; was it written to its end?", e);
        }
    }
}
