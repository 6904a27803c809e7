package dev.mcppreflight.conformance.data;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Optional;

/** Judges JSON Schemas and values by them. Loaded only when a schema is to be judged: the library behind it is large. */
public final class Schemas {

    private static final String DRAFT_07 = "draft-07";

    private Schemas() {}

    /** What is wrong with the schema itself in its own dialect (2020-12 where it names none); empty when nothing is. */
    public static Optional<String> problemOf(Json schema) {
        SpecificationVersion version = version(schema);
        Schema meta = version == SpecificationVersion.DRAFT_7 ? Draft07.META : Draft2020.META;
        return first(meta.validate(schema.toString(), InputFormat.JSON));
    }

    /** What is wrong with the value by the schema; empty when nothing is, or when the schema cannot be compiled. */
    public static Optional<String> problemOf(Json value, Json schema) {
        try {
            Schema compiled = registry(version(schema)).getSchema(schema.toString(), InputFormat.JSON);
            return first(compiled.validate(value.toString(), InputFormat.JSON));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The schemas of schemas never change; compiling one takes longer than judging a hundred schemas by it. */
    private static final class Draft07 {
        static final Schema META = meta(SpecificationVersion.DRAFT_7);
    }

    private static final class Draft2020 {
        static final Schema META = meta(SpecificationVersion.DRAFT_2020_12);
    }

    private static Schema meta(SpecificationVersion version) {
        return registry(version).getSchema(SchemaLocation.of(version.getDialectId()));
    }

    private static SchemaRegistry registry(SpecificationVersion version) {
        return SchemaRegistry.withDefaultDialect(version);
    }

    private static SpecificationVersion version(Json schema) {
        return schema.get("$schema").text().contains(DRAFT_07)
                ? SpecificationVersion.DRAFT_7
                : SpecificationVersion.DRAFT_2020_12;
    }

    private static Optional<String> first(List<Error> errors) {
        return errors.stream().findFirst().map(error -> (error.getInstanceLocation() + " " + error.getMessage())
                .trim());
    }
}
