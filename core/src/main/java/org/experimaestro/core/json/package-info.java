/**
 * The strict JSON codec (RFC 8259) of the files beside a plan: parameters, markers, events.
 *
 * <p>It runs in the start path of each job's process. For that reason it is plain code over arrays: no lambdas,
 * streams, regular expressions or reflection, and few classes to load.
 */
@NullMarked
package org.experimaestro.core.json;

import org.jspecify.annotations.NullMarked;
