namespace DigiHub.Setup;

/// <summary>Where something new stands on its floor's plan until somebody places it: in rows of ten, one after the other.</summary>
/// <param name="X">Percent of the plan's width.</param>
/// <param name="Y">Percent of its height.</param>
internal sealed record PlanCell(double X, double Y)
{
    private const int Across = 10, Down = 7, Apart = 9, Beneath = 12, Left = 8, Top = 14, Beside = 3;

    /// <param name="index">How many stand there already; from the seventieth on they stand beside those that are there.</param>
    public static PlanCell Of(int index)
    {
        var lap = index / (Across * Down) % (Apart / Beside);
        var place = index % (Across * Down);
        return new(Left + place % Across * Apart + lap * Beside, Top + place / Across * Beneath + lap * Beside);
    }
}
