import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

class Outer {
    @ConfigType
    record Adam(double lr) implements Configurable {}

    @ConfigType
    record Switch() implements Configurable {}
}
