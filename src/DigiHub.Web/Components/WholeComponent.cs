using Microsoft.AspNetCore.Components;

namespace DigiHub.Web.Components;

/// <summary>
/// Base of all components: renders once, when everything it shows has been loaded. The framework's base renders a
/// first time at the first await, with whatever has been loaded by then; no browser would ever see that, but
/// a page that has its event and not yet its site throws now and then.
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
