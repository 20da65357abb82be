using DigiHub.Activity;
using DigiHub.Spaces;

namespace DigiHub.FloorPlans;

/// <summary>
/// What is done to the plans of floors. A draft's saves are many and change nothing that anybody sees: only its beginning counts.
/// </summary>
public static class FloorPlanActs
{
    public static readonly Act<int> Begun = FloorPlan.Subject.Act("begun");
    public static readonly Act<int> Published = FloorPlan.Subject.Act("published");
    public static readonly Act<int> BroughtBack = FloorPlan.Subject.Act("brought_back");
}
