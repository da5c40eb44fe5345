package org.experimaestro.core.reflect;

import org.experimaestro.Config;
import org.experimaestro.core.reflect.ReflectiveDescriptorsTest.Dot;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.Assembly;

/** The descriptor that the annotation processor would write for {@code Dot}. */
final class WrittenDot extends TypeDescriptor<Dot> {
    private WrittenDot() {
        super("reflect.dot", 1, Dot.class, Parameter.of("size", ValueType.INT));
    }

    static Config<Dot> build(int size) {
        Assembly<Dot> assembly = new Assembly<>(new WrittenDot());
        assembly.set(0, size);
        return assembly.build();
    }

    @Override
    public Dot construct(Object[] arguments) {
        return new Dot((Integer) arguments[0]);
    }

    @Override
    public Object read(Dot value, int index) {
        return value.size();
    }
}
