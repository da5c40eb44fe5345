package org.experimaestro.core.reflect;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.FormerShape;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.jspecify.annotations.Nullable;

/** A method of a configuration type that converts a former shape, marked by {@link FormerShape}. Immutable. */
public final class ShapeMethod {
    private static final ClassValue<List<ShapeMethod>> OF_TYPES = new ClassValue<>() {
        @Override
        protected List<ShapeMethod> computeValue(Class<?> type) {
            List<ShapeMethod> methods = new ArrayList<>();
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(FormerShape.class)) {
                    methods.add(new ShapeMethod(method));
                }
            }
            return List.copyOf(methods);
        }
    };

    private final Method method;

    private ShapeMethod(Method method) {
        this.method = method;
    }

    /**
     * Returns the methods of a class.
     *
     * @param type a configuration type
     * @return its methods in any order, which are not checked yet; usually none
     */
    public static List<ShapeMethod> of(Class<?> type) {
        return OF_TYPES.get(type);
    }

    /**
     * Returns the class of the former shape.
     *
     * @return the class in the type of the method's parameter
     * @throws ConfigException if the method has another form
     */
    public Class<?> shape() {
        Type[] parameters = method.getGenericParameterTypes();
        Class<?> shape = parameters.length == 1 ? classOf(parameters[0]) : null;
        boolean isOfOwn = classOf(method.getGenericReturnType()) == method.getDeclaringClass();
        if (!Modifier.isStatic(method.getModifiers()) || shape == null || !isOfOwn) {
            String own = method.getDeclaringClass().getSimpleName();
            throw problem(
                    "it is no static method from one handle to a handle of its own class",
                    "write it as: static Config<" + own + "> of(Config<OldShape> former)",
                    null);
        }
        return shape;
    }

    /** Returns T of {@code Config<T>}; {@code null} for another type. */
    private static @Nullable Class<?> classOf(Type type) {
        if (!(type instanceof ParameterizedType generic) || generic.getRawType() != Config.class) {
            return null;
        }
        Type argument = generic.getActualTypeArguments()[0];
        Type raw = argument instanceof ParameterizedType nested ? nested.getRawType() : argument;
        return raw instanceof Class<?> found ? found : null;
    }

    /**
     * Calls the method.
     *
     * @param former a configuration of the former shape
     * @return the configuration of the method's class
     * @throws ConfigException if the method throws, or returns something else than a new configuration
     */
    public ConfigNode<?> convert(ConfigNode<?> former) {
        Object made;
        try {
            method.setAccessible(true);
            made = method.invoke(null, former);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Error error && !(error instanceof LinkageError)) {
                throw error;
            }
            throw problem("it threw " + thrown.getCause(), null, thrown.getCause());
        } catch (IllegalAccessException | InaccessibleObjectException closed) {
            throw problem("its module does not open its package", "open the package to org.experimaestro.core", closed);
        }
        if (!(made instanceof Config<?> config)
                || !(Node.of(config) instanceof ConfigNode<?> node)
                || node.descriptor().javaClass() != method.getDeclaringClass()
                || node.isMade()) {
            throw problem(
                    "it returned " + made,
                    "return a new " + method.getDeclaringClass().getSimpleName() + ", which no task makes",
                    null);
        }
        return node;
    }

    /**
     * Returns an error about the method.
     *
     * @param reason the reason why it cannot be used
     * @param advice what to do; may be {@code null}
     * @param cause the exception behind it, or {@code null}
     * @return the error
     */
    public ConfigException problem(String reason, @Nullable String advice, @Nullable Throwable cause) {
        return ConfigException.of("Cannot use the conversion " + this + ": " + reason)
                .advice(advice)
                .cause(cause)
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShapeMethod same && same.method.equals(method);
    }

    @Override
    public int hashCode() {
        return method.hashCode();
    }

    /** Returns the name of the class, and of the method. */
    @Override
    public String toString() {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}
