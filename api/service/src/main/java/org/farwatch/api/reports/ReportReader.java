package org.farwatch.api.reports;

import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.farwatch.api.access.DataScope;
import org.farwatch.api.access.ViewFigures;
import org.farwatch.api.activities.Stage;
import org.farwatch.api.activities.StageTable;
import org.farwatch.api.coverage.Coverage;
import org.farwatch.api.coverage.GapFigures;
import org.farwatch.api.reports.ReportFigures.OfSquad;
import org.farwatch.api.reports.ReportFigures.Sample;
import org.farwatch.api.reports.ReportFigures.Stages;
import org.farwatch.api.video.PeriodCheck;
import org.farwatch.api.web.BureauTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Adds up the figures of a report. */
@Component
class ReportReader {
    private final JdbcClient jdbc;
    private final Coverage coverage;
    private final GapFigures gaps;
    private final StageTable stages;
    private final ViewFigures views;

    ReportReader(JdbcClient jdbc, Coverage coverage, GapFigures gaps, StageTable stages, ViewFigures views) {
        this.jdbc = jdbc;
        this.coverage = coverage;
        this.gaps = gaps;
        this.stages = stages;
        this.views = views;
    }

    /**
     * Reads all of it from one state of the database.
     *
     * @param to has passed
     * @param verification what was found out before
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public ReportFigures read(Instant from, Instant to, DataScope scope, PeriodCheck.Result verification) {
        // A stage belongs to the period in which it ended, so that it is in one report only.
        List<Stage> over = stages.list(StageTable.Filter.required(from, to), scope).stream()
                .filter(stage -> stage.outcome() != Stage.Outcome.PENDING
                        && stage.to().isAfter(from)
                        && !stage.to().isAfter(to))
                .toList();
        List<OfSquad> squads = squads(coverage.bySquad(from, to, scope), over);
        List<ViewFigures.OfViewer> viewers = views.byViewer(from, to, scope);
        return new ReportFigures(
                total(squads),
                squads,
                gaps.of(from, to, scope),
                verification,
                samples(from, to, scope),
                new ReportFigures.Views(
                        viewers.stream().mapToLong(ViewFigures.OfViewer::views).sum(),
                        views.byPurpose(from, to, scope),
                        viewers));
    }

    private List<OfSquad> squads(List<Coverage.Figures> figures, List<Stage> over) {
        Map<String, String> names = new LinkedHashMap<>();
        figures.stream()
                .filter(each -> each.squadId() != null)
                .forEach(each -> names.put(each.squadId(), each.squadName()));
        over.forEach(stage -> names.putIfAbsent(stage.squadId(), stage.squadName()));
        List<OfSquad> squads = new ArrayList<>();
        names.keySet().stream()
                .sorted(Comparator.comparing(Long::valueOf))
                .forEach(id -> squads.add(ofSquad(
                        id,
                        names.get(id),
                        figures.stream()
                                .filter(each -> id.equals(each.squadId()))
                                .toList(),
                        over.stream()
                                .filter(stage -> stage.squadId().equals(id))
                                .toList())));
        List<Coverage.Figures> ofNobody =
                figures.stream().filter(each -> each.squadId() == null).toList();
        if (!ofNobody.isEmpty()) {
            squads.add(ofSquad(null, null, ofNobody, List.of()));
        }
        return squads;
    }

    private static OfSquad ofSquad(String id, String name, List<Coverage.Figures> figures, List<Stage> over) {
        double required =
                figures.stream().mapToDouble(Coverage.Figures::requiredSeconds).sum();
        double recorded =
                figures.stream().mapToDouble(Coverage.Figures::recordedSeconds).sum();
        return new OfSquad(
                id,
                name,
                required,
                recorded,
                required == 0 ? null : recorded / required,
                over.stream().map(Stage::activityId).distinct().count(),
                new Stages(
                        over.size(),
                        count(over, Stage.Outcome.RECORDED),
                        count(over, Stage.Outcome.UNMATCHED),
                        count(over, Stage.Outcome.MISSING),
                        over.stream().mapToDouble(Stage::seconds).sum(),
                        over.stream().mapToDouble(Stage::recordedSeconds).sum(),
                        over.stream().mapToDouble(Stage::noDeviceSeconds).sum()));
    }

    private static long count(List<Stage> stages, Stage.Outcome outcome) {
        return stages.stream().filter(stage -> stage.outcome() == outcome).count();
    }

    private static OfSquad total(List<OfSquad> squads) {
        double required = squads.stream().mapToDouble(OfSquad::requiredSeconds).sum();
        double recorded = squads.stream().mapToDouble(OfSquad::recordedSeconds).sum();
        List<Stages> all = squads.stream().map(OfSquad::stages).toList();
        return new OfSquad(
                null,
                null,
                required,
                recorded,
                required == 0 ? null : recorded / required,
                squads.stream().mapToLong(OfSquad::activities).sum(),
                new Stages(
                        all.stream().mapToLong(Stages::required).sum(),
                        all.stream().mapToLong(Stages::recorded).sum(),
                        all.stream().mapToLong(Stages::unmatched).sum(),
                        all.stream().mapToLong(Stages::missing).sum(),
                        all.stream().mapToDouble(Stages::requiredSeconds).sum(),
                        all.stream().mapToDouble(Stages::recordedSeconds).sum(),
                        all.stream().mapToDouble(Stages::noDeviceSeconds).sum()));
    }

    /** Draws that another is in the place of count no more. */
    private List<Sample> samples(Instant from, Instant to, DataScope scope) {
        Map<String, List<Sample.Item>> drawn = new LinkedHashMap<>();
        Map<String, String> names = new LinkedHashMap<>();
        jdbc.sql("""
                        select d.id, d.name, split_part(i.item_id, '/', 1), split_part(i.item_id, '/', 2)::date, i.name,
                            k.outcome, k.score
                        from draw d join draw_item i on i.draw_id = d.id
                            left join inspection_task k on k.draw_id = i.draw_id and k.draw_place = i.place
                                and k.state = 'done'
                        where d.kind = 'recordings' and d.state = 'drawn'
                            and not exists (select from draw r where r.replaces = d.id and r.state = 'drawn')
                            and split_part(i.item_id, '/', 2)::date between :first and :last
                            and (:everything or i.squad_id = any(:squads))
                        order by d.id, i.place""")
                .param("first", Date.valueOf(LocalDate.ofInstant(from, BureauTime.ZONE)))
                .param("last", Date.valueOf(LocalDate.ofInstant(to.minusNanos(1), BureauTime.ZONE)))
                .param("everything", scope.everything())
                .param("squads", scope.squadArray())
                .query(row -> {
                    names.put(row.getString(1), row.getString(2));
                    drawn.computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
                            .add(new Sample.Item(
                                    row.getString(3),
                                    row.getDate(4).toLocalDate(),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getBigDecimal(7)));
                });
        return drawn.entrySet().stream()
                .map(each -> new Sample(
                        each.getKey(),
                        names.get(each.getKey()),
                        each.getValue().size(),
                        each.getValue().stream()
                                .filter(item -> item.outcome() != null)
                                .count(),
                        each.getValue()))
                .toList();
    }
}
