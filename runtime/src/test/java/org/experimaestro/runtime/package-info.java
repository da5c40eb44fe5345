/** Tests of the job's process, each with a real one. */
package org.experimaestro.runtime;
