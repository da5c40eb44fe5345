/** Tests of configurations written to files and read back. */
package org.experimaestro.core.serial;
