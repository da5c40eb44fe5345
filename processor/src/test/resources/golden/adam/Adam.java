package tutorial;

import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Range;

/**
 * The Adam optimizer (Kingma &amp; Ba, 2015).
 *
 * <p>See {@link Configurable}, {@link #lr() the rate} and {@code a < b}.
 *
 * @param lr learning rate, &gt; 0
 * @param weightDecay weight decay (L2), &ge; 0; never * / or &#64;something
 * @param eps added to the denominator
 *     for numerical stability
 */
@ConfigType("tutorial.adam")
public record Adam(
        @Default("1e-3") @Range(min = 0, max = 1) double lr,
        @Default("0") double weightDecay,
        @Default(value = "1e-8", inId = true) double eps)
        implements Configurable {}
