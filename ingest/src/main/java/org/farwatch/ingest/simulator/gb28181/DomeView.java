package org.farwatch.ingest.simulator.gb28181;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import org.farwatch.ingest.simulator.camera.Scene;

/** What a dome sees of a scene: the part that its head looks at. Owned by the thread that owns the scene. */
public final class DomeView implements Scene {
    private final Scene whole;
    private final DomeHead head;
    private final BufferedImage drawn;

    /** @param whole closed with this */
    public DomeView(Scene whole, DomeHead head) {
        this.whole = whole;
        this.head = head;
        drawn = new BufferedImage(whole.width(), whole.height(), BufferedImage.TYPE_3BYTE_BGR);
    }

    @Override
    public int width() {
        return whole.width();
    }

    @Override
    public int height() {
        return whole.height();
    }

    @Override
    public int rate() {
        return whole.rate();
    }

    /** Nowhere: what is where changes. */
    @Override
    public List<Corner> pavement() {
        return List.of();
    }

    @Override
    public LeftThing left() {
        return null;
    }

    @Override
    public void next(BufferedImage picture) {
        whole.next(drawn);
        DomeHead.View view = head.now();
        double wide = width() / view.zoom();
        double high = height() / view.zoom();
        int x = (int) Math.round((width() - wide) * (1 + view.pan()) / 2);
        int y = (int) Math.round((height() - high) * (1 - view.tilt()) / 2);
        Graphics2D pen = picture.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(
                drawn, 0, 0, width(), height(), x, y, x + (int) Math.round(wide), y + (int) Math.round(high), null);
        pen.dispose();
    }

    @Override
    public void close() {
        whole.close();
    }
}
