package models;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

interface Model extends Configurable {}

/** Two models. */
@ConfigType("pair")
public record Pair<A extends Model, B extends Model & Comparable<B>>(
        A left, List<B> right, Optional<A> other, Map<String, List<B>> named) implements Model {}
