package lint;

import java.util.Comparator;

/**
 * A model that nobody should use any more.
 *
 * @deprecated it goes away
 */
@Deprecated(since = "2", forRemoval = true)
public interface OldModel extends Model, Comparable<OldModel>, Comparator<String> {}
