package org.experimaestro;

import java.nio.file.Path;

/**
 * The image of a container in which a task's {@link Program} runs, as a parameter of the task. It counts in the
 * identifier by its content, and not by its name or place.
 *
 * <p>{@snippet :
 * record Train(ContainerImage image, double rate) implements ProcessTask<Train> {
 *     @Override
 *     public Program program() {
 *         return Program.of("train").argument("--rate", rate).in(image);
 *     }
 * }
 *
 * TrainBuilder.train().image(ContainerImage.find("python:3.12")).rate(0.1).build();
 * }
 */
public sealed interface ContainerImage extends Configurable permits RegistryImage, ImageFile {

    /**
     * Finds an image of a registry. Its digest is in the name, or Podman or Docker has the image on this machine and
     * knows its digest. Asks them, so it may take some hundred milliseconds; call it once in a plan.
     *
     * @param name such as {@code python:3.12}, or with a digest: {@code python@sha256:…}
     * @return the image, known by its digest
     * @throws ConfigException if the digest cannot be found
     */
    static Config<RegistryImage> find(String name) {
        return Config.of(ImageSearch.find(name));
    }

    /**
     * Returns an image that is a file, which Apptainer runs.
     *
     * @param file the file, such as {@code python.sif}, which counts by its content
     * @return the image
     */
    static Config<ImageFile> file(Path file) {
        return Config.builder(ImageFile.class).set("file", file).build();
    }
}
