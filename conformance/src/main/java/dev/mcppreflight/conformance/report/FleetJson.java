package dev.mcppreflight.conformance.report;

import dev.mcppreflight.conformance.data.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Many targets for programs; {@code fleet.schema.json} states the form, in which each report has that of
 * {@code report.schema.json}. Exchanges are left out: they stand in the report of each target alone.
 */
public final class FleetJson {

    /** The fleet as JSON text, ending with a line break. */
    public String render(Fleet fleet) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("preflight", fleet.version());
        members.put("startedAt", fleet.startedAt().toString());
        members.put("durationMs", fleet.durationMillis());
        members.put("worst", fleet.worst());
        members.put("totals", Json.of(new LinkedHashMap<String, Object>(fleet.totals())));
        members.put("targets", fleet.members().stream().map(FleetJson::member).toList());
        return Printable.json(Json.of(members).pretty()) + "\n";
    }

    private static Json member(Fleet.Member member) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", member.name());
        members.put("url", member.address());
        members.put("state", member.state());
        if (!member.problem().isEmpty()) {
            members.put("problem", member.problem());
        }
        member.report().ifPresent(report -> members.put("report", JsonRenderer.json(report)));
        return Json.of(members);
    }
}
