using Microsoft.AspNetCore.Components;

namespace DigiHub.Web.Components;

/// <summary>
/// What every page and part is made from: it is rendered once, when all it shows has been loaded. The framework's own base renders a
/// first time at the first wait, whichever that turns out to be, with whatever has arrived by then; no browser would ever see that, but
/// a page that has its event and not yet its site breaks over it now and then.
/// </summary>
public abstract class WholeComponent : ComponentBase
{
    private bool isInitialized;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!isInitialized)
        {
            isInitialized = true;
            OnInitialized();
            await OnInitializedAsync();
        }

        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}
