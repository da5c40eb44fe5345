package org.experimaestro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Stream;

/**
 * A stream of random numbers that depends on its seed and its purpose alone: it is the same on each machine, in each
 * Java release, and in each version of Experimaestro. {@link TaskContext#random} returns those of a job. Streams of
 * other purposes or seeds are independent.
 *
 * <p>{@snippet :
 * RandomStream shuffling = context.random("shuffle");
 * Collections.shuffle(documents, Random.from(shuffling));
 * double noise = context.random("noise").nextGaussian();
 * }
 *
 * <p>The numbers are those of the algorithm L64X128MixRandom (G. L. Steele Jr. and S. Vigna, <i>LXM: Better splittable
 * pseudorandom number generators (but almost as fast)</i>, OOPSLA 2021). The page {@code docs/random-streams.md} gives
 * the algorithm of each method, which no version changes. They are not for secrets. Confined to one thread: give each
 * thread a stream of its own purpose, or a {@link #split}.
 */
public final class RandomStream implements SplittableGenerator {
    private static final String OF_JOB = "experimaestro random stream 1: job ";
    private static final String OF_SEED = "experimaestro random stream 1: seed ";

    /** The multiplier of the linear congruential part. */
    private static final long MULTIPLIER = 0xd1342543de82ef95L;

    /** The multiplier of the mixing function, by D. Lea. */
    private static final long MIXER = 0xdaba0b6eb09322e3L;

    private static final double DOUBLE_UNIT = 0x1.0p-53;
    private static final float FLOAT_UNIT = 0x1.0p-24f;

    /** The odd addend of the linear congruential part. */
    private final long addend;

    private long state;
    private long x0;
    private long x1;

    private RandomStream(long addend, long state, long x0, long x1) {
        this.addend = addend | 1;
        this.state = state;
        // The second part never leaves the state 0.
        this.x0 = x0 == 0 && x1 == 0 ? 1 : x0;
        this.x1 = x1;
    }

    /**
     * Creates the stream that a job's {@link TaskContext#random} returns.
     *
     * @param id the job's identifier
     * @param purpose what the numbers are for, such as {@code shuffle}
     * @return a new stream, at its beginning
     */
    public static RandomStream of(ConfigId id, String purpose) {
        return of(OF_JOB, id.toBytes(), purpose);
    }

    /**
     * Creates the stream of a seed.
     *
     * @param seed any number
     * @param purpose what the numbers are for
     * @return a new stream, at its beginning
     */
    public static RandomStream of(long seed, String purpose) {
        return of(OF_SEED, ByteBuffer.allocate(Long.BYTES).putLong(seed).array(), purpose);
    }

    private static RandomStream of(String kind, byte[] seed, String purpose) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            // The Java platform requires it of each implementation.
            throw new IllegalStateException("This JVM has no SHA-256", impossible);
        }
        digest.update(kind.getBytes(StandardCharsets.US_ASCII));
        digest.update(seed);
        digest.update(purpose.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bits = ByteBuffer.wrap(digest.digest());
        return new RandomStream(bits.getLong(), bits.getLong(), bits.getLong(), bits.getLong());
    }

    /** Returns 64 random bits. */
    @Override
    public long nextLong() {
        long mixed = state + x0;
        mixed = (mixed ^ (mixed >>> 32)) * MIXER;
        mixed = (mixed ^ (mixed >>> 32)) * MIXER;
        mixed ^= mixed >>> 32;
        state = MULTIPLIER * state + addend;
        long first = x0;
        long second = x1 ^ first;
        x0 = Long.rotateLeft(first, 24) ^ second ^ (second << 16);
        x1 = Long.rotateLeft(second, 37);
        return mixed;
    }

    /** Returns the upper 32 of 64 bits. */
    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    /** Returns the uppermost of 64 bits. */
    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** Fills an array, eight bytes by 64 bits, the least significant byte first. */
    @Override
    public void nextBytes(byte[] bytes) {
        for (int i = 0; i < bytes.length; ) {
            long bits = nextLong();
            for (int n = Math.min(bytes.length - i, Long.BYTES); n > 0; n--) {
                bytes[i++] = (byte) bits;
                bits >>>= Byte.SIZE;
            }
        }
    }

    /**
     * Returns a whole number less than a bound, each equally likely.
     *
     * @param bound at least 1
     * @return at least 0, less than the bound
     * @throws IllegalArgumentException if the bound is less than 1
     */
    @Override
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    /**
     * Returns a whole number of a range, each equally likely.
     *
     * @param origin the least number
     * @param bound greater than the origin
     * @return at least the origin, less than the bound
     * @throws IllegalArgumentException if the range is empty
     */
    @Override
    public int nextInt(int origin, int bound) {
        return (int) nextLong(origin, bound);
    }

    /**
     * Returns a whole number less than a bound, each equally likely.
     *
     * @param bound at least 1
     * @return at least 0, less than the bound
     * @throws IllegalArgumentException if the bound is less than 1
     */
    @Override
    public long nextLong(long bound) {
        return nextLong(0, bound);
    }

    /**
     * Returns a whole number of a range, each equally likely. It takes the lower bits of 64 that are needed, and
     * repeats while they are too large.
     *
     * @param origin the least number
     * @param bound greater than the origin
     * @return at least the origin, less than the bound
     * @throws IllegalArgumentException if the range is empty
     */
    @Override
    public long nextLong(long origin, long bound) {
        if (origin >= bound) {
            throw new IllegalArgumentException("No random number is at least " + origin + " and less than " + bound);
        }
        long greatest = bound - origin - 1; // as an unsigned number
        long mask = greatest == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(greatest);
        long bits = nextLong() & mask;
        while (Long.compareUnsigned(bits, greatest) > 0) {
            bits = nextLong() & mask;
        }
        return origin + bits;
    }

    /** Returns a multiple of 2<sup>-53</sup>, at least 0 and less than 1. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /**
     * Returns a number less than a bound.
     *
     * @param bound greater than 0, finite
     * @return at least 0, less than the bound
     * @throws IllegalArgumentException if there is no such number
     */
    @Override
    public double nextDouble(double bound) {
        return nextDouble(0, bound);
    }

    /**
     * Returns a number of a range: {@code origin + nextDouble() * (bound - origin)}, or the number just below the bound
     * where that is rounded to it.
     *
     * @param origin the least number, finite
     * @param bound greater than the origin, finite
     * @return at least the origin, less than the bound
     * @throws IllegalArgumentException if there is no such number, or the range is too wide for a double
     */
    @Override
    public double nextDouble(double origin, double bound) {
        if (!(origin < bound && bound - origin < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("No random number is at least " + origin + " and less than " + bound);
        }
        double number = origin + nextDouble() * (bound - origin);
        return number < bound ? number : Math.nextDown(bound);
    }

    /** Returns a multiple of 2<sup>-24</sup>, at least 0 and less than 1. */
    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * FLOAT_UNIT;
    }

    /**
     * Returns a number less than a bound.
     *
     * @param bound greater than 0, finite
     * @return at least 0, less than the bound
     * @throws IllegalArgumentException if there is no such number
     */
    @Override
    public float nextFloat(float bound) {
        return nextFloat(0, bound);
    }

    /**
     * Returns a number of a range, as {@link #nextDouble(double, double)} does.
     *
     * @param origin the least number, finite
     * @param bound greater than the origin, finite
     * @return at least the origin, less than the bound
     * @throws IllegalArgumentException if there is no such number, or the range is too wide for a float
     */
    @Override
    public float nextFloat(float origin, float bound) {
        if (!(origin < bound && bound - origin < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("No random number is at least " + origin + " and less than " + bound);
        }
        float number = origin + nextFloat() * (bound - origin);
        return number < bound ? number : Math.nextDown(bound);
    }

    /**
     * Returns a number of the normal distribution with mean 0 and standard deviation 1, by the polar method of G.
     * Marsaglia, of whose two numbers the first is taken.
     */
    @Override
    public double nextGaussian() {
        while (true) {
            double x = 2 * nextDouble() - 1;
            double y = 2 * nextDouble() - 1;
            double square = x * x + y * y;
            if (square < 1 && square != 0) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /**
     * Returns a number of a normal distribution.
     *
     * @param mean the mean
     * @param deviation the standard deviation, at least 0
     * @return {@code mean + deviation * nextGaussian()}
     * @throws IllegalArgumentException if the deviation is negative or not a number
     */
    @Override
    public double nextGaussian(double mean, double deviation) {
        if (!(deviation >= 0)) {
            throw new IllegalArgumentException("A standard deviation is at least 0, not " + deviation);
        }
        return mean + deviation * nextGaussian();
    }

    /** Returns a number of the exponential distribution with mean 1: {@code -log(1 - nextDouble())}. */
    @Override
    public double nextExponential() {
        return -StrictMath.log(1 - nextDouble());
    }

    /**
     * Returns a new stream, for another thread. It is seeded by the next four numbers of this one.
     *
     * @return a new stream
     */
    @Override
    public RandomStream split() {
        return split(this);
    }

    /**
     * Returns a new stream that is seeded by four numbers of a source.
     *
     * @param source the source
     * @return a new stream
     */
    @Override
    public RandomStream split(SplittableGenerator source) {
        return new RandomStream(source.nextLong(), source.nextLong(), source.nextLong(), source.nextLong());
    }

    /** Returns new streams without end, each a {@link #split}, on one thread. */
    @Override
    public Stream<SplittableGenerator> splits() {
        return splits(this);
    }

    /**
     * Returns new streams, each a {@link #split}, on one thread.
     *
     * @param count their number, at least 0
     * @return the streams
     * @throws IllegalArgumentException if the count is negative
     */
    @Override
    public Stream<SplittableGenerator> splits(long count) {
        return splits(count, this);
    }

    /**
     * Returns new streams without end, each seeded by four numbers of a source, on one thread.
     *
     * @param source the source
     * @return the streams
     */
    @Override
    public Stream<SplittableGenerator> splits(SplittableGenerator source) {
        return Stream.generate(() -> (SplittableGenerator) split(source)).sequential();
    }

    /**
     * Returns new streams, each seeded by four numbers of a source, on one thread.
     *
     * @param count their number, at least 0
     * @param source the source
     * @return the streams
     * @throws IllegalArgumentException if the count is negative
     */
    @Override
    public Stream<SplittableGenerator> splits(long count, SplittableGenerator source) {
        if (count < 0) {
            throw new IllegalArgumentException("The number of streams is at least 0, not " + count);
        }
        return splits(source).limit(count);
    }
}
